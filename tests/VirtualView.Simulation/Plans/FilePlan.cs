namespace VirtualView.Simulation.Plans;

/// <summary>A file that is there from the beginning, or a copy of it with the same time on a later source.</summary>
public sealed record FilePlan(int Source, string Path, int SizeBytes, int AgeSeconds, int? CopyOf = null);
