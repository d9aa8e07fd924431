namespace VirtualView.State.Folders;

/// <summary>The names of what lies in a state folder, and how it comes to be.</summary>
internal sealed class StateFolder
{
    private StateFolder(string path) => Path = path;

    public string Path { get; }

    public string LockFile => System.IO.Path.Combine(Path, "daemon.lock");

    public string PidFile => System.IO.Path.Combine(Path, "daemon.pid");

    public string SourcesFile => System.IO.Path.Combine(Path, "sources.json");

    public string PinsFile => System.IO.Path.Combine(Path, "pins.json");

    public string DatabaseFile => System.IO.Path.Combine(Path, "state.db");

    /// <summary>The snapshots that are kept.</summary>
    public string HistoryFile => System.IO.Path.Combine(Path, "history.db");

    /// <summary>What was written in the view: names and attributes.</summary>
    public string OverlayDatabaseFile => System.IO.Path.Combine(Path, "overlay.db");

    /// <summary>What was written in the view: bytes.</summary>
    public string OverlayFolder => System.IO.Path.Combine(Path, "overlay");

    /// <summary>All that the holder of the lock reads and writes.</summary>
    public IEnumerable<string> OwnFiles =>
    [
        SourcesFile, DurableFile.TemporaryOf(SourcesFile), PinsFile, DurableFile.TemporaryOf(PinsFile),
        DatabaseFile, DatabaseFile + "-wal", DatabaseFile + "-shm",
        HistoryFile, HistoryFile + "-wal", HistoryFile + "-shm",
        OverlayDatabaseFile, OverlayDatabaseFile + "-wal", OverlayDatabaseFile + "-shm", OverlayDatabaseFile + "-mark",
    ];

    /// <summary>
    /// True when others than the owner may enter. Said, not mended: the folder may be one that was named by mistake,
    /// such as <c>/tmp</c>.
    /// </summary>
    public bool IsOpenToOthers => OwnerOnly.IsOpenToOthers(Path);

    /// <summary>Makes nothing, and needs nothing to be there.</summary>
    public static StateFolder Of(string path) => new(System.IO.Path.GetFullPath(path));

    /// <exception cref="StateException">The folder cannot be made.</exception>
    public static StateFolder Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            OwnerOnly.CreateFolder(full);
            return new StateFolder(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException(
                $"cannot make the state folder '{full}': {e.Message}: name one that this user may write, in View.StateDirectory", e);
        }
    }
}
