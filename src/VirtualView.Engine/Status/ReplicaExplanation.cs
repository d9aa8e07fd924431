namespace VirtualView.Engine.Status;

/// <summary>Why one replica is or is not used.</summary>
public sealed record ReplicaExplanation(string Source, string Path, string Validator, string Strength, bool IsUsed, string Why);
