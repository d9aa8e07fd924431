using Microsoft.Extensions.Time.Testing;
using VirtualView.Cli.Configuration;
using VirtualView.Cli.Mounting;
using VirtualView.Cli.Tests.Support;
using VirtualView.Core.Paths;
using VirtualView.Engine.Options;
using VirtualView.Testing;
using VirtualView.Testing.Logs;

namespace VirtualView.Cli.Tests.Mounting;

public sealed class ConfigurationWatchTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeSession _session = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly RecordingLogs _logs = new();
    private ConfigurationWatch? _watch;

    private string ConfigurationFile => Path.Combine(_folder.Path, "appsettings.json");

    public ValueTask InitializeAsync()
    {
        var reading = ConfigurationReading.Read(_folder.File("appsettings.json", Configurations.Good), mountPoint: null);
        Assert.Empty(reading.Mistakes);
        _watch = ConfigurationWatch.Start(DaemonPlan.Of(reading.Section, readOnly: false), reading, _session, _clock, new Microsoft.Extensions.Logging.Logger<ConfigurationWatch>(_logs));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _watch!.DisposeAsync();
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Policies_and_capacity_are_taken_at_once()
    {
        Write("""{ "Policies": [ { "Match": "**/*.nxs", "Pin": true }, { "Match": "**/*.h5" } ], "Capacity": "100 MiB" }""");
        await UntilAsync(() => Used().Count == 1);
        var used = Used()[0];
        Assert.Equal(("/**/*.nxs", 100L << 20), (Assert.Single(used.Pinned).ToString(), used.CapacityBytes));
    }

    [Fact]
    public async Task How_the_sources_are_followed_is_taken_at_once()
    {
        File.WriteAllText(ConfigurationFile, Configurations.Good
            .Replace("\"Mappings\"", """ "Coherence": { "PollInterval": "5s", "MaxPollInterval": "1m", "Revalidate": "Always", "KeepSnapshots": 3 }, "Mappings" """, StringComparison.Ordinal));
        await UntilAsync(() => Used().Count == 1);
        var polls = Used()[0].Polls;
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), RevalidateRule.Always), (polls.Interval, polls.MaxInterval, polls.Revalidate));
        Assert.Equal(TimeSpan.FromSeconds(5), Used()[0].NamesLive);
        Assert.Equal(3, Used()[0].Keep.Count);
        await UntilAsync(() => _logs.Warnings.Length == 1);
        Assert.EndsWith("and taken: Coherence.KeepSnapshots, Coherence.MaxPollInterval, Coherence.PollInterval, Coherence.Revalidate", _logs.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_interval_of_one_mapping_is_taken_at_once()
    {
        File.WriteAllText(ConfigurationFile, Configurations.Good.Replace("\"At\": \"/\"", "\"At\": \"/\", \"PollInterval\": \"7s\"", StringComparison.Ordinal));
        await UntilAsync(() => Used().Count == 1);
        Assert.Equal(TimeSpan.FromSeconds(7), Used()[0].Polls.IntervalOf(VirtualPath.Root));
    }

    [Fact]
    public async Task A_bad_edit_is_told_of_in_one_line_and_changes_nothing_and_the_next_good_one_is_taken()
    {
        Write("""{ "Capacity": "many", "Policies": [ { "Match": "../x", "Pin": true } ] }""");
        await UntilAsync(() => _logs.Warnings.Length == 1);
        Assert.Contains("has mistakes, so nothing of it is taken: Cache.Capacity: ", _logs.Warnings.Single(), StringComparison.Ordinal);
        Assert.Contains("Cache.Policies[0].Match: ", _logs.Warnings.Single(), StringComparison.Ordinal);
        Assert.Empty(Used());
        Write("""{ "Capacity": "200 MiB" }""");
        await UntilAsync(() => Used().Count == 1);
    }

    [Fact]
    public async Task What_cannot_change_while_it_runs_is_told_and_not_taken()
    {
        Write("""{ "BlockSize": "512 KiB" }""");
        await UntilAsync(() => _logs.Warnings.Length == 1);
        Assert.EndsWith("this takes effect at the next mount: Cache.BlockSize", _logs.Warnings.Single(), StringComparison.Ordinal);
        Assert.Empty(Used());
    }

    [Fact]
    public async Task A_file_that_is_gone_for_a_moment_changes_nothing()
    {
        File.Delete(ConfigurationFile);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Write("""{ "Capacity": "300 MiB" }""");
        await UntilAsync(() => Used().Count == 1);
        Assert.Single(_logs.Warnings);
    }

    private void Write(string cache) =>
        File.WriteAllText(ConfigurationFile, Configurations.Good.Replace("\"Mappings\"", $"\"Cache\": {cache}, \"Mappings\"", StringComparison.Ordinal));

    private List<LiveSettings> Used()
    {
        lock (_session.Used)
            return [.. _session.Used];
    }

    private Task UntilAsync(Func<bool> holds) => Eventually.TrueAsync(() =>
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        return holds();
    });
}
