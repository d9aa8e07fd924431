namespace VirtualView.Core.Overlay;

/// <summary>The number of a local inode, from 1, never used again. 1 is the root of the view.</summary>
/// <param name="Value">The number.</param>
public readonly record struct LocalId(ulong Value)
{
    public static readonly LocalId Root = new(1);

    public override string ToString() => $"{Value}";
}
