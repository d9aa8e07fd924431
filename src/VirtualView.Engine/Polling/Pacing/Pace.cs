namespace VirtualView.Engine.Polling.Pacing;

/// <summary>How often one directory is listed: when it was asked for last, when it is its turn, how often that was put off.</summary>
internal readonly record struct Pace(DateTimeOffset AskedAt, DateTimeOffset DueAt, int Doublings);
