namespace VirtualView.Core.Sources.Writing;

/// <summary>What lies at a path of a target.</summary>
/// <param name="Entry">As the source shows it.</param>
/// <param name="Lineage">What was recorded with it; null where nothing was, or where the target keeps none.</param>
public sealed record TargetEntry(SourceEntry Entry, UploadLineage? Lineage = null);
