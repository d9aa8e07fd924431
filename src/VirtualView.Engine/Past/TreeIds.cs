using VirtualView.Core.FileSystem;

namespace VirtualView.Engine.Past;

/// <summary>
/// The ids of nodes and handles below <c>.virtualview/snapshots</c>: above all others, a range for each opened tree, of
/// which none is used twice. 0 is the folder itself.
/// </summary>
internal static class TreeIds
{
    public const ulong First = 1UL << 63;

    private const int InnerBits = 40;
    private const ulong Inner = (1UL << InnerBits) - 1;

    /// <summary>So many trees can be opened while a daemon lives.</summary>
    public const ulong MostTrees = 1UL << (63 - InnerBits);

    public static NodeId Folder { get; } = new(First);

    public static ulong TreeOf(ulong id) => (id & ~First) >> InnerBits;

    public static ulong InnerOf(ulong id) => id & Inner;

    public static ulong Outer(ulong tree, ulong inner) => First | (tree << InnerBits) | inner;
}
