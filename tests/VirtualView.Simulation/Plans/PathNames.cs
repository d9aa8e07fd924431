using System.Collections.Immutable;
using VirtualView.Core.Paths;

namespace VirtualView.Simulation.Plans;

/// <summary>The few paths on a source at which something ever happens.</summary>
public static class PathNames
{
    public static readonly ImmutableArray<VirtualPath> All =
    [
        VirtualPath.Parse("/f0"), VirtualPath.Parse("/f1"), VirtualPath.Parse("/d0/f0"), VirtualPath.Parse("/d0/f1"),
        VirtualPath.Parse("/d0/e/f2"), VirtualPath.Parse("/d1/f3"),
    ];

    /// <summary>Files that never change: the loss of a few others is then no mass deletion.</summary>
    public static readonly ImmutableArray<VirtualPath> Ballast =
        [.. Enumerable.Range(0, 40).Select(number => VirtualPath.Parse($"/ballast{number:00}"))];
}
