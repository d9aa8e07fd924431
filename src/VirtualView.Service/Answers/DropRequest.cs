namespace VirtualView.Service.Answers;

/// <summary>The name under which a snapshot need not be kept any more.</summary>
public sealed record DropRequest(string Name);
