namespace VirtualView.State.Overlay.Journal;

/// <summary>How far SQLite's log has come.</summary>
/// <param name="Salt">Tells one filling of the log from the next, which overwrites it.</param>
/// <param name="Frames">Pages in it, up to the last commit.</param>
/// <param name="DatabasePages">What the database has with them.</param>
internal readonly record struct LogPosition(ulong Salt, uint Frames, uint DatabasePages);
