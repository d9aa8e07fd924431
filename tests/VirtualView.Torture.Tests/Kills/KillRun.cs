using System.Diagnostics;
using VirtualView.Torture.Tests.Damage;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Reading;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>One life of the daemon after the other, each ended by a kill, with readers, changing sources and damage in between.</summary>
internal sealed class KillRun(TortureWorld world, int seed, KillReport report)
{
    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(60);

    /// <summary>A cache that the last death left with room evicts nothing until it is full again.</summary>
    private const int MostSweeps = 4;

    private readonly Random _random = new(seed);
    private bool _isDamaged;
    private bool _wasMounted;

    public ReadLedger Ledger { get; } = new();

    /// <summary>What happens to the machine once the daemon is dead.</summary>
    public Func<Task> AfterDeath { get; init; } = () => Task.CompletedTask;

    /// <summary>A disk that loses what was written last may lose the newest checkpoint.</summary>
    public bool LosesUnsynced { get; init; }

    /// <param name="plan">How this one ends.</param>
    /// <param name="damages">How many files are damaged before it begins.</param>
    public async Task LiveAsync(DeathPlan plan, int damages)
    {
        var done = damages > 0 ? Vandal.Damage([world.Folders.State, world.Folders.Cache, world.Folders.Run], damages, _random) : [];
        if (plan.Point is { } point) await Preparation.ForAsync(point, world.Folders, _random);
        _isDamaged |= done.Count > 0;
        var violations = Ledger.Violations.Count;
        var errors = "";
        try
        {
            await using var daemon = DaemonLife.Begin(world.Folders, plan.Point is null ? null : $"{plan.Point}:{plan.Count}");
            try
            {
                await LiveAndDieAsync(daemon, plan);
            }
            finally
            {
                daemon.Kill();
                errors = await daemon.EndedErrorsAsync();
                report.Said(errors);
                report.SlowestStart = daemon.StartTime > report.SlowestStart ? daemon.StartTime : report.SlowestStart;
            }
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            Problem(failure.Message);
        }

        await AfterDeath();
        report.Deaths++;
        foreach (var violation in Ledger.Violations.Skip(violations).Take(5)) Problem(violation);
        foreach (var mark in new[] { "crit:", "nexpected failure", "Unhandled exception" })
            if (errors.Contains(mark, StringComparison.Ordinal)) Problem($"the daemon said: {errors}");

        // Only damage may cost more than what was read since the last checkpoint.
        var isIndexLost = errors.Contains("The cache index", StringComparison.Ordinal);
        if (isIndexLost && !_isDamaged && !LosesUnsynced) Problem("a kill alone has damaged the index");
        // On a busy machine a life may end before it has looked at its index: the damage waits for the next one.
        if (!isIndexLost && plan.Point is null && _wasMounted) _isDamaged = false;

        void Problem(string what) =>
            report.Problems.Add($"seed {seed}, death {report.Deaths} ({plan}{(done.Count == 0 ? "" : $", after {string.Join("; ", done)}")}): {what}\n{Tail(errors)}");
    }

    private static string Tail(string errors) => string.Join('\n', errors.Split('\n').TakeLast(12).Select(line => "    " + line));

    private async Task LiveAndDieAsync(DaemonLife daemon, DeathPlan plan)
    {
        _wasMounted = false;
        var killer = plan.Point is null ? KillAsync(daemon, plan.After) : Task.CompletedTask;
        if (await daemon.IsMountedAsync())
        {
            _wasMounted = true;
            for (var sweep = 0; sweep < (plan.Point is null ? 1 : MostSweeps) && !daemon.HasEnded; sweep++)
            {
                var readers = Readers.Begin(world.Sources, daemon, Ledger, world.Views, _random.Next());
                await ChangeUntilAsync(daemon, plan.Point is null ? killer : readers.SweepEnded);
                await readers.EndAsync();
                if (!plan.IsEviction) break;
            }

            // What happens only at an end has one: a clean one, on the way to which it dies.
            if (plan.Point is not null && !daemon.HasEnded) await daemon.StopAsync();
        }

        await killer;
        await daemon.EndedAsync();
        if (!daemon.WasKilled) throw new InvalidOperationException(plan.Point is null ? "it ended before it was killed" : "the crash point was not reached");
    }

    private static async Task KillAsync(DaemonLife daemon, TimeSpan after)
    {
        if (!await daemon.DiesWithinAsync(after)) daemon.Kill();
    }

    private async Task ChangeUntilAsync(DaemonLife daemon, Task end)
    {
        var began = Stopwatch.GetTimestamp();
        while (!end.IsCompleted && !daemon.IsEnding)
        {
            world.Sources.ChangeOne(_random);
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(_random.Next(20, 400)), TimeProvider.System));
            if (Stopwatch.GetElapsedTime(began) > SweepPatience) throw new TimeoutException($"the files were not read within {SweepPatience}");
        }
    }
}
