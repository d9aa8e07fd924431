using VirtualView.Core.Paths;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>A call as it reached a <see cref="FaultyTarget"/>.</summary>
/// <param name="Number">Counted from 0 over all calls of the target.</param>
/// <param name="Path">Of an upload: where it is to be shown.</param>
public sealed record TargetCall(int Number, TargetOperation Operation, VirtualPath Path);
