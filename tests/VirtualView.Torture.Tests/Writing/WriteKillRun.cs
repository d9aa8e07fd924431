using VirtualView.Core.Crashes;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Kills;

namespace VirtualView.Torture.Tests.Writing;

/// <summary>One life of the daemon after the other, each ended by a kill, with writers that know what must be left of what they did.</summary>
internal sealed class WriteKillRun(WritingWorld world, IReadOnlyList<WriterProcess> writers)
{
    /// <summary>A point that is not reached in a life of this time is not.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(10);

    public List<string> Problems { get; } = [];

    public int Deaths { get; private set; }

    /// <summary>Points at which no life ended, because it came to its end first.</summary>
    public List<string> NotReached { get; } = [];

    public async Task LiveAsync(DeathPlan plan)
    {
        if (plan.Point is CrashPoints.OverlaySalvageBuilt or CrashPoints.OverlaySalvageAside) await DamageHeaderAsync();
        await using var daemon = DaemonLife.Begin(world.Folders, plan.Point is null ? null : $"{plan.Point}:{plan.Count}");
        if (await daemon.IsMountedAsync())
        {
            // It works behind the callers' backs too, so it may come to its point during the check: the next life is checked.
            if (await CheckAsync($"before death {Deaths} ({plan})")) await WriteUntilDeathAsync(daemon, plan);
            else if (plan.Point is null || !await daemon.DiesWithinAsync(LongestLife)) Problem(plan, "the mount died by itself");
            daemon.Kill();
        }

        await daemon.EndedAsync();
        Deaths++;
        var errors = await daemon.EndedErrorsAsync();
        foreach (var mark in new[] { "crit:", "nexpected failure", "Unhandled exception" })
            if (errors.Contains(mark, StringComparison.Ordinal)) Problem(plan, $"the daemon said: {errors}");
    }

    /// <summary>In a life that ends in peace, all is there.</summary>
    public async Task EndAsync()
    {
        await using var daemon = DaemonLife.Begin(world.Folders);
        await daemon.MustMountAsync();
        if (!await CheckAsync("at the end")) Problems.Add("at the end: the mount died by itself");
        await daemon.StopAsync();
    }

    private async Task WriteUntilDeathAsync(DaemonLife daemon, DeathPlan plan)
    {
        var running = writers.Select(writer => writer.RunAsync()).ToList();
        if (!await daemon.DiesWithinAsync(plan.Point is null ? plan.After : LongestLife))
        {
            if (plan.Point is not null) NotReached.Add($"{plan}");
            daemon.Kill();
        }

        await daemon.EndedAsync();
        foreach (var said in await Task.WhenAll(running))
            if (!said.StartsWith("dead", StringComparison.Ordinal)) Problem(plan, said);
    }

    /// <summary>False when the daemon died meanwhile.</summary>
    private async Task<bool> CheckAsync(string when)
    {
        foreach (var writer in writers)
        {
            var said = await writer.CheckAsync();
            if (said?.StartsWith("dead", StringComparison.Ordinal) == true) return false;
            if (said is not null) Problems.Add($"{when}: {said}");
        }

        return true;
    }

    private async Task DamageHeaderAsync()
    {
        await using (var daemon = DaemonLife.Begin(world.Folders))
        {
            await daemon.MustMountAsync();
            await daemon.StopAsync();
        }

        world.DamageJournal();
    }

    private void Problem(DeathPlan plan, string what) => Problems.Add($"death {Deaths} ({plan}): {what}");
}
