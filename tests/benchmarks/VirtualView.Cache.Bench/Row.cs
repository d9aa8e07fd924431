using System.Globalization;

namespace VirtualView.Cache.Bench;

/// <summary>One line of the table: what was measured in each round, for the store and for what it is held against.</summary>
/// <param name="What">For people.</param>
/// <param name="Unit">Of both measures.</param>
/// <param name="Target">The least ratio of the two medians of ratios; for a row without a yardstick the most of the measure itself.</param>
internal sealed record Row(string What, string Unit, double Target)
{
    private readonly List<Measure> _ours = [];
    private readonly List<Measure> _plain = [];

    public void Add(Measure ours, Measure plain)
    {
        _ours.Add(ours);
        _plain.Add(plain);
    }

    public void Add(double ours) => _ours.Add(new Measure(ours, 0));

    public string Line()
    {
        if (_plain.Count == 0)
        {
            var worst = Median(_ours.Select(ours => ours.Rate));
            return Text($"| {What} | {worst:0.###} {Unit} | | | | at most {Target:0.###}: {Verdict(worst <= Target)} |");
        }

        var ratios = _ours.Zip(_plain, (ours, plain) => ours.Rate / plain.Rate).Order().ToArray();
        var cpu = Median(_ours.Zip(_plain, (ours, plain) => ours.CpuRate / plain.CpuRate));
        var median = Median(ratios);
        return Text($"| {What} | {Median(_ours.Select(ours => ours.Rate)):0} {Unit} | {Median(_plain.Select(plain => plain.Rate)):0} {Unit} | {ratios[0]:0.00}, **{median:0.00}**, {ratios[^1]:0.00} | {cpu:0.00} | at least {Target:0.00}: {Verdict(median >= Target)} |");
    }

    private static string Verdict(bool isMet) => isMet ? "met" : "**not met**";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
