namespace VirtualView.Cli.Daemons;

/// <summary>What is known of the daemon behind a mount.</summary>
internal enum MountLife
{
    /// <summary>It lives, and can be asked.</summary>
    Served,

    /// <summary>It is dead.</summary>
    Abandoned,

    /// <summary>Nothing: another user's, or one in a container.</summary>
    Unknown,
}
