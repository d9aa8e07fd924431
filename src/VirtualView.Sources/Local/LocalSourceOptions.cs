namespace VirtualView.Sources.Local;

/// <summary>A folder of this machine, or of a network file system that it has mounted.</summary>
public sealed record LocalSourceOptions
{
    public const int MostParallelCalls = 256;

    /// <summary>The folder that is the root of what the source shows. Absolute; it may be reached through links.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Calls that may occupy a thread at the same time, 1 to 256: a network file system that hangs must not take all
    /// threads of the process. Default 16.
    /// </summary>
    public int MaxParallelCalls { get; init; } = 16;

    /// <summary>Everything that is wrong with these options, as <c>key: reason</c>.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrEmpty(Path) || Path[0] != '/' || Path.Contains('\0', StringComparison.Ordinal))
            yield return $"{nameof(Path)}: '{Path}' is not an absolute path";
        if (MaxParallelCalls is < 1 or > MostParallelCalls)
            yield return $"{nameof(MaxParallelCalls)}: {MaxParallelCalls} is not within 1 to {MostParallelCalls}";
    }
}
