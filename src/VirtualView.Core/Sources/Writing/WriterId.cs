namespace VirtualView.Core.Sources.Writing;

/// <summary>Whose uploads they are: one random id for each state folder, so that two mounts never clear each other's.</summary>
public readonly record struct WriterId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}
