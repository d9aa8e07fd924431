namespace VirtualView.Service.Answers;

/// <summary>Which process serves which mount.</summary>
public sealed record DaemonInfo
{
    public required string MountPoint { get; init; }

    public required string StateFolder { get; init; }

    public required int ProcessId { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required bool IsReadOnly { get; init; }
}
