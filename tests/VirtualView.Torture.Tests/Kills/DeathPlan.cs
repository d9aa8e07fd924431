using VirtualView.Core.Crashes;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>How one life of the daemon is to end.</summary>
/// <param name="Point">A crash point, or null for a kill at a random time.</param>
/// <param name="Count">At which time the point is reached.</param>
/// <param name="After">When to kill, from the start of the process on.</param>
internal sealed record DeathPlan(string? Point, int Count, TimeSpan After)
{
    /// <summary>Reached again and again while files are read.</summary>
    private static readonly string[] Frequent =
    [
        CrashPoints.CachePutWritten, CrashPoints.CachePutIndexed, CrashPoints.CacheRemoveUnindexed, CrashPoints.CacheRemovePunched,
    ];

    /// <summary>The engine never drops a version, so only the block store's own test comes there.</summary>
    public static string[] Points { get; } = [.. CrashPoints.All.Where(point => point != CrashPoints.CacheDropRenamed)];

    public static DeathPlan AtPoint(int number, Random random)
    {
        var point = Points[number % Points.Length];
        return new DeathPlan(point, Frequent.Contains(point) ? random.Next(1, 200) : 1, default);
    }

    // Mounting takes most of a second; what happens only every five must be met too.
    public static DeathPlan AtTime(Random random) =>
        new(null, 0, TimeSpan.FromMilliseconds(random.Next(8) == 0 ? random.Next(4_500, 6_500) : random.Next(50, 2_500)));

    public override string ToString() => Point is null ? $"after {After.TotalMilliseconds:0} ms" : $"at {Point}:{Count}";
}
