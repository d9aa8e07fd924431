using System.Globalization;
using System.Text.RegularExpressions;
using VirtualView.Cli.Tests.Support;
using VirtualView.Service.Answers;
using VirtualView.Service.Metrics;

namespace VirtualView.Cli.Tests.Service;

/// <summary>The metrics against the grammar of the text format, and against the rules for names.</summary>
public sealed partial class MetricsTests
{
    private static readonly string[] Lines = ViewMetrics.Of(
        new FakeSession().Status() with { View = "a \"b\"\\c" },
        new DaemonInfo { MountPoint = "/mnt/exp", StateFolder = "/s", ProcessId = 1, Version = "0", StartedAt = DateTimeOffset.UnixEpoch, IsReadOnly = true },
        DateTimeOffset.UnixEpoch.AddSeconds(90)).Split('\n');

    [Fact]
    public void Every_line_is_help_type_or_a_sample_of_the_family_before_it()
    {
        Assert.Equal("", Lines[^1]);
        var (family, seen) = ("", new HashSet<string>());
        for (var at = 0; at < Lines.Length - 1; at++)
        {
            if (Help().Match(Lines[at]) is { Success: true } help)
            {
                family = help.Groups["name"].Value;
                Assert.True(seen.Add(family), $"{family} comes twice");
                var type = Type().Match(Lines[++at]);
                Assert.True(type.Success && type.Groups["name"].Value == family, Lines[at]);
                Assert.Equal(type.Groups["type"].Value == "counter", family.EndsWith("_total", StringComparison.Ordinal));
                Assert.StartsWith("virtualview_", family, StringComparison.Ordinal);
                continue;
            }

            var sample = Sample().Match(Lines[at]);
            Assert.True(sample.Success && sample.Groups["name"].Value == family, Lines[at]);
            Assert.True(double.TryParse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _), Lines[at]);
        }
    }

    [Theory]
    [InlineData("virtualview_cache_used_bytes 1048576")]
    [InlineData("virtualview_cache_hits_total 5")]
    [InlineData("virtualview_snapshot_age_seconds 90")]
    [InlineData("virtualview_source_reachable{source=\"web\",kind=\"Http\"} 0")]
    [InlineData("virtualview_source_first_byte_seconds{source=\"web\",kind=\"Http\"} 0.0305")]
    [InlineData("virtualview_info{view=\"a \\\"b\\\"\\\\c\",version=\"0\"} 1")]
    public void Values_are_those_of_the_status_in_base_units(string line) => Assert.Contains(line, Lines);

    [Fact]
    public void What_is_not_known_is_left_out() =>
        Assert.DoesNotContain(Lines, line => line.Contains("rate_bytes_per_second", StringComparison.Ordinal));

    [GeneratedRegex("^# HELP (?<name>[a-z_]+) \\S.*\\.$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-z_]+) (?<type>counter|gauge)$")]
    private static partial Regex Type();

    [GeneratedRegex("^(?<name>[a-z_]+)(\\{([a-z]+=\"([^\"\\\\]|\\\\[\\\\\"n])*\",?)+\\})? (?<value>\\S+)$")]
    private static partial Regex Sample();
}
