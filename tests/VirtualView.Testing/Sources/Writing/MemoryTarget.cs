using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>
/// A target over a <see cref="MemorySource"/>: immediate and deterministic. What it cannot be trusted with is said by its
/// properties, and can be changed while uploads are under way.
/// </summary>
public sealed class MemoryTarget(MemorySource source) : IWriteTarget
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<VirtualPath, StagedBytes> _staged = [];
    private readonly Dictionary<VirtualPath, UploadLineage> _lineages = [];

    public SourceId Id => source.Id;

    public string Name => source.Name;

    /// <summary>False: it says yes to everything, whatever is there.</summary>
    public bool HonoursConditions { get; set; } = true;

    /// <summary>Whether lineage stays with a file.</summary>
    public bool KeepsLineage { get; set; } = true;

    /// <summary>How many bytes it takes in all, staged ones among them.</summary>
    public long QuotaBytes { get; set; } = long.MaxValue;

    public long LargestFileBytes { get; set; } = long.MaxValue;

    public int MostUploads { get; set; } = 16;

    public long MostBytesAtOnce { get; set; } = 1 << 20;

    /// <summary>Uploads that lie there and are not shown.</summary>
    public IReadOnlyCollection<VirtualPath> Staged
    {
        get
        {
            lock (_gate) return [.. _staged.Keys];
        }
    }

    public ValueTask<WriteOutcome<TargetAbilities>> ProveAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(HonoursConditions
            ? new TargetAbilities
            {
                Proof = ConditionProof.Conditions,
                TakesDeltas = true,
                KeepsModifiedAt = true,
                KeepsLineage = KeepsLineage,
                ListsHiddenNames = true,
                MostBytesAtOnce = MostBytesAtOnce,
                MostUploads = MostUploads,
            }
            : new WriteError(WriteErrorKind.Unsupported, $"{Name} does not honour conditions"));
    }

    public async ValueTask<WriteOutcome<TargetEntry?>> LookAsync(VirtualPath path, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_staged.TryGetValue(path, out var staged)) return new TargetEntry(new SourceEntry(path.Name, EntryKind.File, staged.Validator), staged.Lineage);
        }

        return await FindAsync(path, cancel) is { } entry ? Describe(path, entry) : (TargetEntry?)null;
    }

    public async ValueTask<WriteOutcome<StagedUpload>> StageAsync(Upload upload, CancellationToken cancel)
    {
        if (await FindAsync(upload.Path.Parent, cancel) is not { Kind: EntryKind.Directory }) return NotFound(upload.Path.Parent);
        var path = StagingName.For(upload);
        var size = upload.Content.SizeBytes;
        if (size > LargestFileBytes) return new WriteError(WriteErrorKind.TooLarge, $"{upload.Path} is too large");
        if (size > QuotaBytes - await UsedBytesAsync(VirtualPath.Root, except: path, cancel)) return new WriteError(WriteErrorKind.Full, $"{Name} is full");
        var read = await ReadAsync(upload, cancel);
        if (!read.IsOk) return read.Error;
        var validator = new Validator(ValidatorStrength.Weak, size, upload.ModifiedAt, Tag: null);
        lock (_gate) _staged[path] = new StagedBytes(read.Value, validator, KeepsLineage ? upload.Lineage : null);
        var same = upload.Over?.Same.TotalBytes ?? 0;
        return new StagedUpload(path.Name.ToString(), validator, Math.Max(size - same, 0));
    }

    public async ValueTask<WriteOutcome<TargetEntry>> CommitAsync(
        Upload upload, StagedUpload staged, TargetCondition condition, CancellationToken cancel)
    {
        var path = StagingName.For(upload);
        StagedBytes? bytes;
        lock (_gate) bytes = _staged.GetValueOrDefault(path);
        if (bytes is null) return NotFound(path);
        if (await ObjectionAsync(upload.Path, condition, cancel) is { } objection) return objection;
        source.PutFile(upload.Path, new MemoryFile(bytes.Content, bytes.Validator));
        lock (_gate)
        {
            _staged.Remove(path);
            _lineages.Remove(upload.Path);
            if (bytes.Lineage is { } lineage) _lineages[upload.Path] = lineage;
        }

        return new TargetEntry(new SourceEntry(upload.Path.Name, EntryKind.File, bytes.Validator), bytes.Lineage);
    }

    public async ValueTask<WriteOutcome<TargetEntry>> PutAsync(Upload upload, TargetCondition condition, CancellationToken cancel)
    {
        var staged = await StageAsync(upload, cancel);
        if (!staged.IsOk) return staged.Error;
        var committed = await CommitAsync(upload, staged.Value, condition, cancel);
        if (!committed.IsOk) await DropAsync(upload, cancel);
        return committed;
    }

    public async ValueTask<WriteOutcome<TargetEntry>> MakeDirectoryAsync(VirtualPath path, CancellationToken cancel)
    {
        if (await FindAsync(path.Parent, cancel) is not { Kind: EntryKind.Directory }) return NotFound(path.Parent);
        if (await FindAsync(path, cancel) is { } there) return Changed(path, there);
        source.PutDirectory(path);
        return new TargetEntry(new SourceEntry(path.Name, EntryKind.Directory));
    }

    public async ValueTask<WriteOutcome<TargetEntry>> RenameAsync(
        VirtualPath from, Validator? expected, VirtualPath to, TargetCondition condition, CancellationToken cancel)
    {
        if (await MismatchAsync(from, expected, cancel) is { } mismatch) return mismatch;
        if (await FindAsync(to.Parent, cancel) is not { Kind: EntryKind.Directory }) return NotFound(to.Parent);
        if (await ObjectionAsync(to, condition, cancel) is { } objection) return objection;
        source.Move(from, to);
        lock (_gate)
        {
            foreach (var moved in _lineages.Keys.Where(path => path.StartsWith(from)).ToList())
            {
                _lineages.Remove(moved, out var lineage);
                _lineages[VirtualPath.Of(to.Names.Concat(moved.Names.Skip(from.Names.Length)))] = lineage!;
            }
        }

        return Describe(to, (await FindAsync(to, cancel))!);
    }

    public async ValueTask<WriteOutcome<bool>> DeleteAsync(VirtualPath path, Validator? expected, CancellationToken cancel)
    {
        if (await MismatchAsync(path, expected, cancel) is { } mismatch) return mismatch;
        if (expected is null && (await source.ListAsync(path, cancel)).Value.Count > 0) return new WriteError(WriteErrorKind.NotEmpty, $"{path} is not empty");
        source.Remove(path);
        lock (_gate) _lineages.Remove(path);
        return true;
    }

    public ValueTask<WriteOutcome<bool>> DropAsync(Upload upload, CancellationToken cancel)
    {
        lock (_gate) return new(_staged.Remove(StagingName.For(upload)));
    }

    public ValueTask<WriteOutcome<int>> ClearAsync(
        VirtualPath directory, WriterId writer, IReadOnlySet<UploadId> alive, CancellationToken cancel)
    {
        lock (_gate)
        {
            var dead = _staged.Keys.Where(path => path.Parent == directory
                && StagingName.TryParse(path.Name, out var who, out var upload) && who == writer && !alive.Contains(upload)).ToList();
            dead.ForEach(path => _staged.Remove(path));
            return new(dead.Count);
        }
    }

    private static async ValueTask<WriteOutcome<ImmutableArray<byte>>> ReadAsync(Upload upload, CancellationToken cancel)
    {
        const int pieceBytes = 1 << 20;
        var bytes = new byte[upload.Content.SizeBytes];
        for (var offset = 0; offset < bytes.Length; offset += pieceBytes)
        {
            var piece = bytes.AsMemory(offset, Math.Min(pieceBytes, bytes.Length - offset));
            var read = await upload.Content.ReadAsync(offset, piece, cancel);
            if (!read.IsOk) return new WriteError(WriteErrorKind.ContentLost, $"{upload.Path}: lost from {offset} on ({read.Error})");
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(bytes);
    }

    private async ValueTask<long> UsedBytesAsync(VirtualPath directory, VirtualPath except, CancellationToken cancel)
    {
        long used = 0;
        foreach (var entry in (await source.ListAsync(directory, cancel)).Value)
        {
            used += entry.Kind == EntryKind.Directory
                ? await UsedBytesAsync(directory / entry.Name, except, cancel)
                : entry.Validator?.SizeBytes ?? 0;
        }

        if (!directory.IsRoot) return used;
        lock (_gate) return used + _staged.Where(staged => staged.Key != except).Sum(staged => staged.Value.Validator.SizeBytes);
    }

    private async ValueTask<WriteError?> ObjectionAsync(VirtualPath path, TargetCondition condition, CancellationToken cancel)
    {
        var found = await FindAsync(path, cancel);
        if (!HonoursConditions || condition.Holds(found)) return null;
        return condition.Version is not null && found?.Kind == EntryKind.Directory
            ? new WriteError(WriteErrorKind.WrongKind, $"{path} is a directory by now")
            : Changed(path, found);
    }

    private async ValueTask<WriteError?> MismatchAsync(VirtualPath path, Validator? expected, CancellationToken cancel)
    {
        if (await FindAsync(path, cancel) is not { } found) return NotFound(path);
        if (expected is { } version) return await ObjectionAsync(path, TargetCondition.Is(version), cancel);
        return found.Kind == EntryKind.Directory ? null : new WriteError(WriteErrorKind.WrongKind, $"{path} is no directory");
    }

    private async ValueTask<SourceEntry?> FindAsync(VirtualPath path, CancellationToken cancel)
    {
        var stat = await source.StatAsync(path, cancel);
        return stat.IsOk ? stat.Value : null;
    }

    private TargetEntry Describe(VirtualPath path, SourceEntry entry)
    {
        // Who replaces a file behind our back leaves no lineage.
        lock (_gate) return new TargetEntry(entry, _lineages.GetValueOrDefault(path) is { } lineage && entry.Validator?.ModifiedAt == lineage.ModifiedAt ? lineage : null);
    }

    private WriteError Changed(VirtualPath path, SourceEntry? found) => new(
        WriteErrorKind.Changed, $"{path} is not what it should be", Found: found is null ? null : Describe(path, found));

    private static WriteError NotFound(VirtualPath path) => new(WriteErrorKind.NotFound, $"{path} is not there");

    private sealed record StagedBytes(ImmutableArray<byte> Content, Validator Validator, UploadLineage? Lineage);
}
