using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources.Writing;

/// <summary>What must be at a path for a change to happen: nothing, or a file of one version.</summary>
public readonly record struct TargetCondition
{
    private TargetCondition(Validator version) => Version = version;

    public static TargetCondition Absent => default;

    /// <summary>Null: nothing may be there.</summary>
    public Validator? Version { get; }

    public static TargetCondition Is(Validator version) => new(version);

    /// <summary>Whether it holds for what was found; null is nothing.</summary>
    public bool Holds(SourceEntry? found) => Version is { } version
        ? found is { Kind: EntryKind.File, Validator: { } there } && version.Agrees(there)
        : found is null;

    public override string ToString() => Version is { } version ? $"it is ({version})" : "nothing is there";
}
