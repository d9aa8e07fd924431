namespace VirtualView.Cli.Daemons;

/// <summary>What a running daemon leaves for those who look for it: one small file for each mount.</summary>
internal sealed record DaemonRecord
{
    public required string MountPoint { get; init; }

    public required string View { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>When the process started, in clock ticks since boot: a process id alone comes back.</summary>
    public required long ProcessStartTicks { get; init; }

    /// <summary>The kernel's name for this boot: a folder may be shared between machines.</summary>
    public required string BootId { get; init; }

    /// <summary>Major and minor number of what it mounted, as <c>/proc/self/mountinfo</c> has them.</summary>
    public string? Device { get; init; }

    public uint UserId { get; init; }

    public required string StateFolder { get; init; }

    public required string Socket { get; init; }
}
