namespace VirtualView.Service.Answers;

/// <summary>Which snapshot, by number or name, to keep under which name.</summary>
public sealed record KeepRequest(string Snapshot, string Name);
