using System.Globalization;
using System.IO.Hashing;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Engine.History;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.History;

/// <summary>Writes down what one process opened, served, read and stored.</summary>
public sealed class HistoryRecorder(List<HistoryEvent> events, Life life) : IReadObserver
{
    private readonly Dictionary<HandleId, (VirtualPath Path, VersionId Version)> _opened = [];

    /// <summary>Called for each version that is opened, at the time of it.</summary>
    public Action<VirtualPath, VersionId>? Opening { get; init; }

    /// <summary>Called for each version of which a read found that it is nowhere any more.</summary>
    public Action<VirtualPath, VersionId>? WasStale { get; init; }

    private DateTimeOffset Now => life.GetUtcNow();

    public void Opened(HandleId handle, VirtualPath path, VersionId version)
    {
        if (life.IsDead) return;
        Opening?.Invoke(path, version);
        _opened[handle] = (path, version);
        events.Add(new OpenedEvent(Now, life.Number, handle, path, version));
    }

    public void Served(HandleId handle, VersionId version, long offset, ReadOnlySpan<byte> bytes)
    {
        if (!life.IsDead) events.Add(new ServedEvent(Now, life.Number, handle, version, offset, bytes.ToArray()));
    }

    // What the reader was told counts, whatever became of the process since: that the dead say nothing is the caller's part.
    public void Read(HandleId handle, DateTimeOffset beganAt, long offset, int asked, ReadOnlySpan<byte> bytes) =>
        events.Add(new ReadEvent(Now, life.Number, handle, beganAt, offset, asked, bytes.ToArray()));

    public void ReadFailed(HandleId handle, long offset, int asked, FileSystemError error, bool mayBeInterrupted)
    {
        events.Add(new ReadFailedEvent(Now, life.Number, handle, offset, asked, error, mayBeInterrupted));
        if (error == FileSystemError.Stale && !life.IsDead && _opened.TryGetValue(handle, out var opened)) WasStale?.Invoke(opened.Path, opened.Version);
    }

    public void Put(VersionId version, long offset, ReadOnlySpan<byte> bytes) =>
        events.Add(new PutEvent(Now, life.Number, version, offset, bytes.ToArray()));

    internal static string Hash(ReadOnlySpan<byte> bytes) =>
        XxHash3.HashToUInt64(bytes).ToString("x16", CultureInfo.InvariantCulture);
}
