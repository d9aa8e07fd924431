namespace VirtualView.Core.Sources.Writing;

/// <summary>Names one upload over all its attempts. Random, so that nobody else's can be taken for it.</summary>
public readonly record struct UploadId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}
