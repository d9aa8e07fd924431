using System.Collections.Concurrent;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>What a run of kills found.</summary>
internal sealed class KillReport
{
    private readonly ConcurrentDictionary<string, int> _said = new();

    public int Deaths { get; set; }

    public int CalmChecks { get; set; }

    public TimeSpan SlowestStart { get; set; }

    public List<string> Problems { get; } = [];

    /// <summary>Counts what the daemon said by the sentence, without its names and numbers.</summary>
    public void Said(string errors)
    {
        foreach (var line in errors.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var sentence = System.Text.RegularExpressions.Regex.Replace(line, @"[0-9A-Fa-f-]{8,}|/\S+|\d+", "_");
            _said.AddOrUpdate(sentence.Length > 160 ? sentence[..160] : sentence, 1, (_, count) => count + 1);
        }
    }

    public override string ToString() =>
        $"{Deaths} deaths, {CalmChecks} calm checks, slowest start {SlowestStart.TotalSeconds:0.0} s\n"
        + string.Join('\n', _said.OrderByDescending(pair => pair.Value).Take(30).Select(pair => $"  {pair.Value,4} x {pair.Key}"));
}
