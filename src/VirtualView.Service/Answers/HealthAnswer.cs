namespace VirtualView.Service.Answers;

/// <summary>The daemon answers; it says nothing about sources.</summary>
public sealed record HealthAnswer(string Status);
