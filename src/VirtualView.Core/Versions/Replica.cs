using VirtualView.Core.Paths;

namespace VirtualView.Core.Versions;

/// <summary>One source's copy of a version.</summary>
/// <param name="Source">Who has it.</param>
/// <param name="Path">Where it lies there, from the root of what the source shows.</param>
/// <param name="Validator">What proves that a read belongs to this version.</param>
public sealed record Replica(SourceId Source, VirtualPath Path, Validator Validator);
