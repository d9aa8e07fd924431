namespace VirtualView.Engine.CacheControl;

/// <summary>One damaged block.</summary>
/// <param name="Path">Where the view shows its version; null where it does not any more.</param>
/// <param name="Offset">Where in the file the block begins, bytes.</param>
/// <param name="State"><c>damaged</c>, <c>dropped</c> or <c>refetched</c>.</param>
public sealed record DamagedPart(string? Path, string Version, long Offset, string State);
