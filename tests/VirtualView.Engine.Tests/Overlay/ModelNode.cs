namespace VirtualView.Engine.Tests.Overlay;

/// <summary>A file or directory of the model.</summary>
internal sealed class ModelNode
{
    public SortedDictionary<string, ModelNode>? Names { get; init; }

    public byte[] Bytes { get; set; } = [];

    public bool IsDirectory => Names is not null;

    public static ModelNode Directory() => new() { Names = new(StringComparer.Ordinal) };
}
