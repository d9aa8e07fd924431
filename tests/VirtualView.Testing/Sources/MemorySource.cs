using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources;

/// <summary>
/// A source in memory: immediate, deterministic, and changed at will. It looks at the file again for each piece it hands
/// over, so a change in the middle of a read is noticed as a real source would notice it.
/// </summary>
public sealed class MemorySource(SourceId id, string name) : ISource
{
    // Swapped whole. Null is a directory.
    private ImmutableSortedDictionary<VirtualPath, MemoryFile?> _entries =
        ImmutableSortedDictionary<VirtualPath, MemoryFile?>.Empty.Add(VirtualPath.Root, null);

    public SourceId Id => id;

    public string Name => name;

    public string Kind => "Memory";

    /// <summary>With a tag the file is strong, without it weak.</summary>
    public void PutFile(VirtualPath path, ReadOnlySpan<byte> content, UnixTime modifiedAt, string? tag = null)
    {
        var strength = tag is null ? ValidatorStrength.Weak : ValidatorStrength.Strong;
        PutFile(path, new MemoryFile([.. content], new Validator(strength, content.Length, modifiedAt, tag)));
    }

    /// <summary>As given; the validator may be racy, or lie.</summary>
    public void PutFile(VirtualPath path, MemoryFile file)
    {
        PutDirectory(path.Parent);
        ImmutableInterlocked.Update(ref _entries, entries => entries.SetItem(path, file));
    }

    public void PutDirectory(VirtualPath path)
    {
        for (; ; path = path.Parent)
        {
            var directory = path;
            ImmutableInterlocked.Update(ref _entries, entries => entries.ContainsKey(directory) ? entries : entries.Add(directory, null));
            if (path.IsRoot) return;
        }
    }

    /// <summary>With all that lies below; what is there goes.</summary>
    public void Move(VirtualPath from, VirtualPath to) =>
        ImmutableInterlocked.Update(ref _entries, entries =>
        {
            var moved = entries.Where(entry => entry.Key.StartsWith(from)).ToList();
            return entries
                .RemoveRange(moved.Select(entry => entry.Key))
                .RemoveRange(entries.Keys.Where(key => key.StartsWith(to)))
                .AddRange(moved.Select(entry => KeyValuePair.Create(VirtualPath.Of(to.Names.Concat(entry.Key.Names.Skip(from.Names.Length))), entry.Value)));
        });

    /// <summary>With all that lies below.</summary>
    public void Remove(VirtualPath path) =>
        ImmutableInterlocked.Update(ref _entries, entries => entries.RemoveRange(entries.Keys.Where(key => key.StartsWith(path))));

    public ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var entries = _entries;
        if (!entries.TryGetValue(directory, out var itself)) return new(NotFound(directory));
        if (itself is not null) return new(WrongKind(directory));
        return new(entries
            .Where(entry => !entry.Key.IsRoot && entry.Key.Parent == directory)
            .Select(entry => Describe(entry.Key, entry.Value))
            .ToList());
    }

    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(_entries.TryGetValue(path, out var file) ? Describe(path, file) : NotFound(path));
    }

    public ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        var offset = range.Offset;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (!_entries.TryGetValue(path, out var file)) return new(NotFound(path));
            if (file is null) return new(WrongKind(path));
            if (!file.Validator.Agrees(expected)) return new(new SourceError(SourceErrorKind.Changed, $"{path}: {expected} became {file.Validator}"));
            if (offset == range.Offset && !sink.Accept(file.Validator))
                return new(new SourceError(SourceErrorKind.Changed, $"{path}: the reader knows another answer"));
            if (offset == range.End) return new(file.Validator);
            var into = sink.Next;
            var piece = (int)Math.Min(into.Length, range.End - offset);
            file.Content.AsSpan().Slice((int)offset, piece).CopyTo(into.Span);
            sink.Advance(piece);
            offset += piece;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static SourceEntry Describe(VirtualPath path, MemoryFile? file) =>
        file is null ? new SourceEntry(path.Name, EntryKind.Directory) : new SourceEntry(path.Name, EntryKind.File, file.Validator);

    private static SourceError NotFound(VirtualPath path) => new(SourceErrorKind.NotFound, $"{path} is not there");

    private static SourceError WrongKind(VirtualPath path) => new(SourceErrorKind.WrongKind, $"{path} is of the other kind");
}
