namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>The arguments of an operation that has none.</summary>
internal readonly record struct Nothing;
