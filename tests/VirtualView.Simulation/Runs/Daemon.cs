using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Runs;

/// <summary>One process with the view in it, used as a kernel uses it.</summary>
internal sealed class Daemon(
    Life life, IViewUnderTest view, SimulatedBlockStore blocks, HistoryRecorder recorder, Caller caller, Presence presence, List<Violation> violations)
{
    private const int LookupsAfterStale = 4;

    // As a kernel keeps names for as long as nobody tells it otherwise: each with a lookup that is not forgotten.
    private readonly Dictionary<VirtualPath, NodeId> _remembered = [];

    public Life Life => life;

    public IViewUnderTest View => view;

    public SimulatedBlockStore Blocks => blocks;

    public Caller Caller => caller;

    /// <summary>Set when the process is about to end: calls may be interrupted, and no new ones are made.</summary>
    public bool IsEnding { get; set; }

    private IViewFileSystem FileSystem => view.FileSystem;

    /// <summary>Looks up every name of a path; what succeeds counts one lookup of the last node alone.</summary>
    public async Task<Outcome<NodeAttributes>> WalkAsync(VirtualPath path)
    {
        var askedAt = life.GetUtcNow();
        var node = NodeId.Root;
        Outcome<NodeAttributes> found = FileSystemError.Internal;
        foreach (var name in path.Names)
        {
            var directory = node;
            var (hasEnded, answer) = await caller.CallAsync($"lookup of '{name}' in {directory} for {path}", () => FileSystem.LookupAsync(directory, name, CancellationToken.None));
            if (directory != NodeId.Root) FileSystem.Forget(directory, 1);
            found = hasEnded ? answer : FileSystemError.Interrupted;
            if (!found.IsOk || IsEnding) break;
            node = found.Value.Node;
        }

        if (IsEnding) return FileSystemError.Interrupted;
        // Seen in vain by a process that died: the one that follows need not remember it.
        if (found.TryGet(out var seen) && !life.IsDead) presence.Saw(path, askedAt, seen.SizeBytes, seen.ModifiedAt);
        Judge(path, askedAt, found.Error);
        return found;
    }

    public async Task LookAsync(VirtualPath path)
    {
        var found = await WalkAsync(path);
        if (found.IsOk) FileSystem.Forget(found.Value.Node, 1);
    }

    /// <summary>Opens as a kernel does: by a node that it remembers, and <c>ESTALE</c> makes it look the name up again.</summary>
    public async Task<(HandleId Handle, NodeId Node)?> OpenAsync(VirtualPath path)
    {
        for (var lookups = 0; lookups < LookupsAfterStale; lookups++)
        {
            if (!_remembered.Remove(path, out var node))
            {
                var found = await WalkAsync(path);
                if (!found.IsOk) return null;
                node = found.Value.Node;
            }

            var (hasEnded, opened) = await caller.CallAsync($"open of {path}", () => FileSystem.OpenAsync(node, OpenIntent.Read, CancellationToken.None));
            if (!hasEnded || IsEnding) return null;
            if (opened.IsOk) return (opened.Value, node);
            FileSystem.Forget(node, 1);
            if (opened.Error == FileSystemError.Stale) continue;
            if (opened.Error is not (FileSystemError.NotFound or FileSystemError.Unreachable or FileSystemError.TimedOut))
                violations.Add(new Violation("allowed errors", $"open of {path} ended with {opened.Error}"));
            return null;
        }

        return null;
    }

    public async Task<(FileSystemError Error, byte[] Bytes)> ReadAsync(HandleId handle, long offset, int length, bool triesFirst, TimeSpan? patience)
    {
        var beganAt = life.GetUtcNow();
        var into = new byte[length];
        if (triesFirst && !life.IsDead && FileSystem.TryRead(handle, offset, into) is { IsDone: true } step)
            return Got(handle, beganAt, offset, into, step.Bytes);

        using var cancel = patience is { } time ? new CancellationTokenSource(time, life) : new CancellationTokenSource();
        var (hasEnded, outcome) = await caller.CallAsync($"read of {handle} [{offset}, {offset + length})", () => FileSystem.ReadAsync(handle, offset, into, cancel.Token));
        if (!hasEnded) return (FileSystemError.Internal, []);
        if (outcome.IsOk) return Got(handle, beganAt, offset, into, outcome.Bytes);
        recorder.ReadFailed(handle, offset, length, outcome.Error, IsEnding || cancel.IsCancellationRequested);
        return (outcome.Error, []);
    }

    /// <summary>The name of every second one is remembered.</summary>
    public void Release(VirtualPath path, (HandleId Handle, NodeId Node) open)
    {
        if (IsEnding || life.IsDead) return;
        FileSystem.Release(open.Handle);
        if (open.Handle.Value % 2 == 1 || !_remembered.TryAdd(path, open.Node)) FileSystem.Forget(open.Node, 1);
    }

    public async Task ListAsync(VirtualPath directory, int entriesInReply)
    {
        var askedAt = life.GetUtcNow();
        var node = NodeId.Root;
        if (!directory.IsRoot)
        {
            var found = await WalkAsync(directory);
            if (!found.IsOk) return;
            node = found.Value.Node;
        }

        var (hasEnded, opened) = await caller.CallAsync($"opening of directory {directory}", () => FileSystem.OpenDirectoryAsync(node, CancellationToken.None));
        if (!hasEnded || IsEnding || life.IsDead) return;
        if (opened.IsOk) ReadToEnd(directory, opened.Value, entriesInReply, askedAt);
        if (node != NodeId.Root) FileSystem.Forget(node, 1);
    }

    private void ReadToEnd(VirtualPath directory, HandleId handle, int entriesInReply, DateTimeOffset askedAt)
    {
        var listing = new DirectoryListing(entriesInReply);
        listing.BeginReply();
        do
        {
            if (FileSystem.ReadDirectory(handle, listing.Position, true, listing) is not FileSystemError.None and var error)
            {
                violations.Add(new Violation("allowed errors", $"reading directory {directory} ended with {error}"));
                break;
            }
        }
        while (!listing.BeginReply());

        FileSystem.ReleaseDirectory(handle);
        foreach (var node in listing.Nodes)
            FileSystem.Forget(node, 1);
        if (listing.Names.Distinct().Count() != listing.Names.Count || !listing.Names.Take(2).SequenceEqual([".", ".."]))
            violations.Add(new Violation("each name once, dots first", $"{directory} lists {string.Join(' ', listing.Names)}"));
        foreach (var path in presence.Paths.Where(path => path.Parent == directory && !listing.Names.Contains(path.Name.ToString())))
            Judge(path, askedAt, FileSystemError.NotFound);
    }

    private void Judge(VirtualPath path, DateTimeOffset askedAt, FileSystemError error)
    {
        if (error == FileSystemError.None) return;
        if (error == FileSystemError.NotFound && presence.MustBeThere(path, askedAt))
            violations.Add(new Violation("unreachable is not deleted", $"{path}, asked for at {askedAt:HH:mm:ss.fff} in life {life.Number}, is called absent"));
        else if (error is not (FileSystemError.NotFound or FileSystemError.Unreachable or FileSystemError.TimedOut or FileSystemError.Corrupt or FileSystemError.Stale or FileSystemError.Interrupted))
            violations.Add(new Violation("allowed errors", $"lookup of {path} ended with {error}"));
    }

    private (FileSystemError Error, byte[] Bytes) Got(HandleId handle, DateTimeOffset beganAt, long offset, byte[] into, int bytes)
    {
        recorder.Read(handle, beganAt, offset, into.Length, into.AsSpan(0, bytes));
        return (FileSystemError.None, into[..bytes]);
    }
}
