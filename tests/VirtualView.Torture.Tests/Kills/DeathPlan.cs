using VirtualView.Core.Crashes;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>How one life of the daemon is to end.</summary>
/// <param name="Point">A crash point, or null for a kill at a random time.</param>
/// <param name="Count">At which time the point is reached.</param>
/// <param name="After">When to kill, from the start of the process on.</param>
internal sealed record DeathPlan(string? Point, int Count, TimeSpan After)
{
    private const int MostPuts = 200;

    /// <summary>A life that begins with room, because the last death took records of blocks along, evicts fewer than it puts.</summary>
    private const int MostRemovals = 50;

    /// <summary>
    /// The engine never drops a version, so only the block store's own test comes there; to those of the overlay comes who
    /// writes.
    /// </summary>
    public static string[] Points { get; } = [.. CrashPoints.All.Where(point => point != CrashPoints.CacheDropRenamed && !IsOfOverlay(point))];

    public static string[] OverlayPoints { get; } = [.. CrashPoints.All.Where(IsOfOverlay)];

    /// <summary>It dies while it makes room for another block.</summary>
    public bool IsEviction => Point is CrashPoints.CacheRemoveUnindexed or CrashPoints.CacheRemovePunched;

    public static DeathPlan AtPoint(int number, Random random)
    {
        var point = Points[number % Points.Length];
        return new DeathPlan(point, random.Next(1, 1 + MostTimes(point)), default);
    }

    // Mounting takes most of a second; what happens only every five must be met too.
    public static DeathPlan AtTime(Random random) =>
        new(null, 0, TimeSpan.FromMilliseconds(random.Next(8) == 0 ? random.Next(4_500, 6_500) : random.Next(50, 2_500)));

    /// <summary>Some points are reached again and again while files are read.</summary>
    private static int MostTimes(string point) => point switch
    {
        CrashPoints.CachePutWritten or CrashPoints.CachePutIndexed => MostPuts,
        CrashPoints.CacheRemoveUnindexed or CrashPoints.CacheRemovePunched => MostRemovals,
        _ => 1,
    };

    private static bool IsOfOverlay(string point) => point.StartsWith("overlay.", StringComparison.Ordinal);

    public override string ToString() => Point is null ? $"after {After.TotalMilliseconds:0} ms" : $"at {Point}:{Count}";
}
