using System.Collections.Immutable;
using VirtualView.Core.Paths;

namespace VirtualView.Cli.Mounting;

/// <summary>What of a configuration can change while the view is mounted.</summary>
internal sealed record LiveSettings(ImmutableArray<PathGlob> Pinned, long CapacityBytes)
{
    /// <summary>True for a key whose change is taken at once, as <see cref="Configuration.EffectiveValue"/> names it.</summary>
    public static bool Holds(string key) =>
        key.StartsWith("Cache.Policies", StringComparison.Ordinal) || key == "Cache.Capacity";

    public static LiveSettings Of(DaemonPlan plan) => new(
        [.. plan.Section.Cache.Policies.Where(policy => policy.Pin).Select(policy => PathGlob.TryParse(policy.Match!, out var glob) ? glob : null).OfType<PathGlob>()],
        plan.CapacityBytes);
}
