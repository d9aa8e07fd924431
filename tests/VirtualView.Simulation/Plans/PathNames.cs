using System.Collections.Immutable;
using VirtualView.Core.Paths;

namespace VirtualView.Simulation.Plans;

/// <summary>The few paths on a source at which something ever happens.</summary>
public static class PathNames
{
    public const int BallastFiles = 40;

    public static readonly ImmutableArray<VirtualPath> All =
    [
        VirtualPath.Parse("/f0"), VirtualPath.Parse("/f1"), VirtualPath.Parse("/d0/f0"), VirtualPath.Parse("/d0/f1"),
        VirtualPath.Parse("/d0/e/f2"), VirtualPath.Parse("/d1/f3"),
    ];

    /// <summary>
    /// Files of one source that never change, and only go many at a time: the loss of a few others is no mass deletion.
    /// </summary>
    public static ImmutableArray<VirtualPath> Ballast(int source) =>
        [.. Enumerable.Range(0, BallastFiles).Select(number => VirtualPath.Parse($"/ballast{source}-{number:00}"))];

    /// <summary>The paths at which something is written: those of the sources, and such as only lie in the view.</summary>
    public static readonly ImmutableArray<VirtualPath> Written =
    [
        .. All, .. new[] { "/d0", "/d0/e", "/d1", "/n0", "/n1", "/n2", "/d0/n0", "/d0/n1", "/n1/n0", "/n1/f0", "/n1/e/f2", "/d0/e/n0" }.Select(VirtualPath.Parse),
    ];
}
