namespace VirtualView.Core.FileSystem;

/// <summary>An open file or directory. Never used again after its release.</summary>
public readonly record struct HandleId(ulong Value)
{
    public override string ToString() => $"handle {Value}";
}
