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

    /// <summary><c> (did you mean X?)</c>, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is { } near ? $" (did you mean {near}?)" : "";

    // Levenshtein's distance, with two neighbours that changed places as one edit; three rows of the table at a time.
    private static int Edits(string from, string to)
    {
        var (older, above, row) = (new int[to.Length + 1], Enumerable.Range(0, to.Length + 1).ToArray(), new int[to.Length + 1]);
        for (var i = 1; i <= from.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) row[j] = Math.Min(row[j], older[j - 2] + 1);
            }

            (older, above, row) = (above, row, older);
        }

        return above[^1];
    }
}
