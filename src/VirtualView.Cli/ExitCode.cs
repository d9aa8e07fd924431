namespace VirtualView.Cli;

/// <summary>What the executable's exit code says.</summary>
internal enum ExitCode
{
    Done = 0,
    Failed = 1,

    /// <summary>Wrong use or wrong configuration, or something that is not available yet.</summary>
    WrongUse = 2,

    /// <summary>No daemon serves that mount.</summary>
    NoDaemon = 3,
}
