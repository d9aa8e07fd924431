using System.Collections.Immutable;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Options;

/// <summary>How the sources are followed. All of it can change while the view is open.</summary>
public sealed record PollOptions
{
    /// <summary>For mappings that <see cref="Intervals"/> does not name.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>By where the mapping stands in the view.</summary>
    public ImmutableDictionary<VirtualPath, TimeSpan> Intervals { get; init; } = ImmutableDictionary<VirtualPath, TimeSpan>.Empty;

    /// <summary>A directory that neither changes nor is used is still listed so often; the interval of its mapping if that is longer.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>When a source is asked although the view has an answer.</summary>
    public RevalidateRule Revalidate { get; init; } = RevalidateRule.Stale;

    /// <summary>Directories of one mapping that the poll lists at a time.</summary>
    public int ListingsAtOnce { get; init; } = 8;

    /// <summary>Directories of one source that the poll lists in a second, at most, over all mappings.</summary>
    public double ListingsPerSecond { get; init; } = 50;

    public TimeSpan IntervalOf(VirtualPath mapping) => Intervals.GetValueOrDefault(mapping, Interval);

    public TimeSpan LongestIntervalOf(VirtualPath mapping) => MaxInterval > IntervalOf(mapping) ? MaxInterval : IntervalOf(mapping);
}
