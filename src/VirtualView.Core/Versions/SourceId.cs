namespace VirtualView.Core.Versions;

/// <summary>What a source is, whatever it is called here: a UUID that its copies of files are remembered by.</summary>
public readonly record struct SourceId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
