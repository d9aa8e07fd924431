using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Engine.Options;

namespace VirtualView.Cli.Mounting;

/// <summary>What of a configuration can change while the view is mounted.</summary>
internal sealed record LiveSettings(ImmutableArray<PathGlob> Pinned, long CapacityBytes, PollOptions Polls, KeepOptions Keep, TimeSpan NamesLive)
{
    /// <summary>True for a key whose change is taken at once, as <see cref="Configuration.EffectiveValue"/> names it.</summary>
    public static bool Holds(string key) =>
        key.StartsWith("Cache.Policies", StringComparison.Ordinal) || key == "Cache.Capacity"
        || key.StartsWith("Coherence.", StringComparison.Ordinal)
        || (key.StartsWith("Mappings[", StringComparison.Ordinal) && key.EndsWith("].PollInterval", StringComparison.Ordinal));

    public static LiveSettings Of(DaemonPlan plan) => new(
        [.. plan.Section.Cache.Policies.Where(policy => policy.Pin).Select(policy => PathGlob.TryParse(policy.Match!, out var glob) ? glob : null).OfType<PathGlob>()],
        plan.CapacityBytes,
        EnginePlan.Polls(plan.Section),
        EnginePlan.Keep(plan.Section),
        NamesLiveBy(plan));

    /// <summary>
    /// How long the kernel may take a name for known: as long as the engine takes a listing for fresh. So a use of a name is
    /// seen as one, its directory stays hot, and a change is seen within the poll interval although cold directories are
    /// polled rarely.
    /// </summary>
    private static TimeSpan NamesLiveBy(DaemonPlan plan)
    {
        var longest = TimeSpan.FromMinutes(5);
        var shortest = plan.Section.Mappings.Min(mapping => mapping.PollInterval ?? plan.Section.Coherence.PollInterval);
        return shortest < longest ? shortest : longest;
    }
}
