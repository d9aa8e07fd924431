using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Cli.Configuration;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Doctor.Checks;
using VirtualView.Cli.Mounting;

namespace VirtualView.Cli.Doctor;

/// <summary>Which checks a set-up calls for: those of the machine always, those of a configuration where there is one.</summary>
internal static class Examination
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(string? config, string? mountPoint, TimeProvider clock, CancellationToken cancel)
    {
        var file = Configuration.Reading.ConfigurationFile.Find(config);
        var isNamed = config is not null || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Configuration.Reading.ConfigurationFile.Variable));
        if (!isNamed && !File.Exists(file))
            return [.. await RunAsync(Machine(needsOthers: false, clock), cancel), Finding.Ok("configuration", "there is none here: 'virtualview mount URL DIR' needs none, and --config names one")];

        var reading = ConfigurationReading.Read(config, mountPoint);
        var machine = await RunAsync(Machine(reading.Section.View.AllowOther, clock), cancel);
        if (!reading.Mistakes.IsEmpty)
            return [.. machine, .. reading.Mistakes.Select(mistake => Finding.Fail("configuration", mistake.ToString(), $"mend {reading.File}"))];
        return [.. machine, Finding.Ok("configuration", $"{reading.File} has no mistake"), .. await RunAsync(OfView(DaemonPlan.Of(reading.Section, readOnly: false), clock), cancel)];
    }

    private static IEnumerable<IDoctorCheck> Machine(bool needsOthers, TimeProvider clock) =>
        [new RuntimeCheck(), new FuseCheck(needsOthers), new LeftoverCheck(DaemonFinder.OfThisMachine(), clock)];

    private static IEnumerable<IDoctorCheck> OfView(DaemonPlan plan, TimeProvider clock)
    {
        var finder = DaemonFinder.OfThisMachine();
        yield return new MountPointDoctorCheck(plan with { MountPoint = finder.PathOf(plan.MountPoint) }, finder, clock);
        yield return new FolderCheck("state", plan.StateFolder, holdsBlocks: false, leastFreeBytes: 64 << 20);
        yield return new SetAsideCheck(plan.StateFolder);
        yield return new FolderCheck("cache", plan.CacheFolder, holdsBlocks: true, plan.MinFreeBytes);
        var factory = new SourceFactory(new ForgetfulState(), clock, NullLoggerFactory.Instance);
        foreach (var (name, section) in plan.Section.Sources)
            yield return new SourceCheck(name, section, factory, clock);
    }

    /// <summary>All at the same time, told in their order.</summary>
    private static async Task<IReadOnlyList<Finding>> RunAsync(IEnumerable<IDoctorCheck> checks, CancellationToken cancel) =>
        [.. (await Task.WhenAll(checks.Select(check => check.RunAsync(cancel).AsTask()))).SelectMany(found => found)];
}
