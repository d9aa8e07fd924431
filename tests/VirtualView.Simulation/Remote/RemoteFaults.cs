namespace VirtualView.Simulation.Remote;

/// <summary>What is wrong with a server at the moment.</summary>
[Flags]
public enum RemoteFaults
{
    None = 0,

    /// <summary>No connection.</summary>
    Unreachable = 1,

    /// <summary>Takes requests and never answers.</summary>
    Hanging = 2,

    /// <summary>Connections break in the middle of an answer, two of three times.</summary>
    BreakingReads = 4,

    /// <summary>Every listing fails, all else works.</summary>
    FailingListings = 8,

    /// <summary>The export is empty: every listing succeeds and shows nothing, every file is "not found".</summary>
    Unmounted = 16,

    /// <summary>Answers one of three requests with "too many".</summary>
    Throttling = 32,
}
