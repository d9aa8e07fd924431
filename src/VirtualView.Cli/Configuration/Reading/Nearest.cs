namespace VirtualView.Cli.Configuration.Reading;

/// <summary>Finds what someone probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the fewest edits, if those are few for its length; else null.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (Candidate: candidate, Edits: Edits(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.Edits)
            .FirstOrDefault();
        return best.Candidate is not null && best.Edits <= Math.Max(1, best.Candidate.Length / 3) ? best.Candidate : null;
    }

    /// <summary><c>, did you mean X?</c>, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is { } near ? $", did you mean {near}?" : "";

    // Levenshtein's distance, one row at a time.
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
