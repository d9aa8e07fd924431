namespace VirtualView.State;

/// <summary>Where the state lies.</summary>
public sealed record StateStoreOptions
{
    /// <summary>Made with mode 0700 if it is not there; belongs to one daemon at a time.</summary>
    public required string Folder { get; init; }

    /// <summary>How long a call waits for another process that locks the database; 5 s by default.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
