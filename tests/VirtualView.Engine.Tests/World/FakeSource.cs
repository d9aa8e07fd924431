using System.Collections.Concurrent;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Tests.World;

/// <summary>A source in memory that answers at once, unless a test says otherwise.</summary>
internal sealed class FakeSource(string name) : ISource
{
    private readonly ConcurrentDictionary<VirtualPath, FakeFile> _files = new();
    private readonly ConcurrentDictionary<VirtualPath, bool> _directories = new();
    private readonly ConcurrentDictionary<VirtualPath, SourceEntry> _links = new();
    private readonly ConcurrentQueue<(VirtualPath Path, ByteRange Range)> _reads = new();
    private int _lists;
    private int _stats;

    public SourceId Id { get; } = new(Guid.NewGuid());

    public string Name => name;

    public string Kind => "Fake";

    /// <summary>Set: every call gives this.</summary>
    public SourceError? Failure { get; set; }

    /// <summary>Set: nothing is there, as when an export is not mounted.</summary>
    public bool IsUnmounted { get; set; }

    /// <summary>Awaited by every call before it answers.</summary>
    public Func<CancellationToken, Task> Delay { get; set; } = _ => Task.CompletedTask;

    /// <summary>Set: asked by every stat; an error is its answer.</summary>
    public Func<VirtualPath, CancellationToken, Task<SourceError?>>? Stat { get; set; }

    /// <summary>So many bytes come of each read before <see cref="BreakWith"/>.</summary>
    public long BreakAfterBytes { get; set; } = long.MaxValue;

    /// <summary>A read comes in pieces of so many bytes, with a pause after each.</summary>
    public int PieceBytes { get; set; } = 10_000;

    public Func<CancellationToken, Task> Pause { get; set; } = _ => Task.CompletedTask;

    public SourceError BreakWith { get; set; } = new(SourceErrorKind.Unreachable, "the connection broke");

    public int Stats => _stats;

    public IReadOnlyCollection<(VirtualPath Path, ByteRange Range)> Reads => _reads;

    public int Calls => _lists + _stats + _reads.Count;

    public static Validator Weak(long size, long seconds) => new(ValidatorStrength.Weak, size, UnixTime.FromSeconds(seconds), null);

    public static byte[] Pattern(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public byte[] Put(string path, byte[] bytes, long seconds = 1000)
    {
        var validator = Weak(bytes.Length, seconds);
        Put(path, new FakeFile(bytes, validator, validator));
        return bytes;
    }

    public void Put(string path, FakeFile file)
    {
        var at = VirtualPath.Parse(path);
        _files[at] = file;
        for (var above = at.Parent; !above.IsRoot; above = above.Parent)
            _directories[above] = true;
    }

    public void PutLink(string path, string target, long seconds = 1000)
    {
        var at = VirtualPath.Parse(path);
        _links[at] = new SourceEntry(at.Name, EntryKind.Symlink, null, UnixTime.FromSeconds(seconds), [.. ByteText.Parse(target)]);
        if (!at.Parent.IsRoot) _directories[at.Parent] = true;
    }

    public void PutDirectory(string path) => _directories[VirtualPath.Parse(path)] = true;

    public void Remove(string path)
    {
        var at = VirtualPath.Parse(path);
        foreach (var below in _files.Keys.Where(file => file.StartsWith(at))) _files.TryRemove(below, out _);
        foreach (var below in _directories.Keys.Where(directory => directory.StartsWith(at))) _directories.TryRemove(below, out _);
    }

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        Interlocked.Increment(ref _lists);
        await Delay(cancel);
        if (Failure is { } failure) return failure;
        if (IsUnmounted && directory.IsRoot) return Ok([]);
        if (!directory.IsRoot && (IsUnmounted || !_directories.ContainsKey(directory))) return NotFound(directory);
        return Ok(
        [
            .. _files.Where(file => file.Key.Parent == directory).Select(file => new SourceEntry(file.Key.Name, EntryKind.File, file.Value.Listed)),
            .. _links.Where(link => link.Key.Parent == directory).Select(link => link.Value),
            .. _directories.Keys.Where(below => !below.IsRoot && below.Parent == directory).Select(below => new SourceEntry(below.Name, EntryKind.Directory)),
        ]);
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        Interlocked.Increment(ref _stats);
        await Delay(cancel);
        if (Stat is not null && await Stat(path, cancel) is { } error) return error;
        if (Failure is { } failure) return failure;
        if (!IsUnmounted && _files.TryGetValue(path, out var file)) return new SourceEntry(path.Name, EntryKind.File, file.Answered);
        if (!IsUnmounted && _directories.ContainsKey(path)) return new SourceEntry(path.Name, EntryKind.Directory);
        return new SourceError(SourceErrorKind.NotFound, $"{Name} has no {path}");
    }

    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        _reads.Enqueue((path, range));
        await Delay(cancel);
        if (Failure is { } failure) return failure;
        if (IsUnmounted || !_files.TryGetValue(path, out var file)) return new SourceError(SourceErrorKind.NotFound, $"{Name} has no {path}");
        if (!expected.Agrees(file.Answered) || !sink.Accept(file.Answered)) return new SourceError(SourceErrorKind.Changed, $"{path} changed");
        for (var at = range.Offset; at < range.End;)
        {
            var left = Math.Min(range.End - at, BreakAfterBytes - (at - range.Offset));
            if (left <= 0) return BreakWith;
            var room = sink.Next;
            var bytes = (int)Math.Min(Math.Min(room.Length, left), PieceBytes);
            file.Bytes.AsSpan((int)at, bytes).CopyTo(room.Span);
            sink.Advance(bytes);
            at += bytes;
            await Pause(cancel);
        }

        return file.Answered;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static SourceOutcome<IReadOnlyList<SourceEntry>> Ok(IReadOnlyList<SourceEntry> entries) => entries.ToList();

    private SourceError NotFound(VirtualPath path) => new(SourceErrorKind.NotFound, $"{Name} has no {path}");
}
