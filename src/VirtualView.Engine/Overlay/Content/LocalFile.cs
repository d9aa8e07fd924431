using VirtualView.Core.Blocks;
using VirtualView.Core.Crashes;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Ranges;
using VirtualView.Core.Units;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.FileSystem;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>
/// The bytes of a local file: what was written lies over the version it was made from, if there is one. Any thread may
/// call anything; a gate of its own guards it, a leaf below that of the tree.
/// </summary>
internal sealed class LocalFile
{
    private readonly LocalId _id;
    private readonly IOverlayFiles _files;
    private readonly IOrigin _origin;
    private readonly PinnedVersions _pinned;
    private readonly PieceReads _pieces;
    private readonly HeldBase _held;
    private readonly TimeProvider _clock;
    private readonly KernelPages _pages;
    private readonly Lock _gate = new();
    private IOverlayFile? _file; // this and all below guarded by _gate; _file and _base are read without
    private volatile LocalFileBase? _base;
    private LocalFileBase? _saved;
    private PinnedVersion? _version;
    private UnixTime _modifiedAt;
    private UnixTime? _changedAt;
    private int _users;
    private int _mappers;

    public LocalFile(
        LocalInodeRecord record, IOverlayFiles files, IOrigin origin, PinnedVersions pinned, PieceReads pieces, PinHolder bases, TimeProvider clock)
    {
        (_id, _base, _saved, _modifiedAt) = (record.Id, record.BaseFile, record.BaseFile, record.ModifiedAt);
        (_files, _origin, _pinned, _pieces, _clock) = (files, origin, pinned, pieces, clock);
        _held = new HeldBase(bases, record.BaseFile);
        _pages = KernelPages.ReadBelow(record.BaseFile);
    }

    /// <summary>The version below and what is written of it; null for a file that lies wholly here.</summary>
    public LocalFileBase? Base => _base;

    /// <summary>True when it says nothing but what the version below says.</summary>
    public bool IsAsBase => _base is { Written.IsEmpty: true } below && below.SizeBytes == below.Version.SizeBytes && below.ShownBytes == below.SizeBytes;

    /// <summary>
    /// What of <see cref="Base"/> the journal may say: it never names bytes that are not synced, because after the loss of
    /// power zeros would stand in their place.
    /// </summary>
    public LocalFileBase? Recorded
    {
        get
        {
            lock (_gate)
                return _saved;
        }
    }

    /// <summary>True for what the journal must be told before a close is acknowledged.</summary>
    public bool IsDirty
    {
        get
        {
            lock (_gate)
                return !Equals(_base, _saved);
        }
    }

    public FileFacts Facts
    {
        get
        {
            lock (_gate)
            {
                if (_base is { } below) return new FileFacts(below.SizeBytes, (Math.Min(below.SizeBytes, long.MaxValue - 511) + 511) & ~511L, _modifiedAt, _changedAt);
                return (_file?.Facts ?? _files.Look(_id)) is { } facts
                    ? new FileFacts(facts.SizeBytes, facts.AllocatedBytes, facts.ModifiedAt, facts.ChangedAt)
                    : default;
            }
        }
    }

    /// <summary>One more handle.</summary>
    /// <param name="mayMap">Whether a program can change the file through a mapping, without a call.</param>
    public FileSystemError Open(bool mayMap)
    {
        lock (_gate)
        {
            if (mayMap) _mappers++;
            if (_users++ > 0) return FileSystemError.None;
            if (_base is { } below) _version = Pin(below);
            var opened = _files.Open(_id);
            if (opened.TryGet(out var file)) _file = file;
            if (opened.IsOk || opened.Error == FileSystemError.NotFound) return FileSystemError.None;
            CloseLocked(mayMap);
            return opened.Error;
        }
    }

    public void Close(bool mayMap)
    {
        lock (_gate)
            CloseLocked(mayMap);
    }

    /// <summary>Deletes what was written, once nobody names the file any more.</summary>
    public void Delete()
    {
        LetBaseGo();
        _files.Delete(_id);
    }

    /// <summary>Nobody will read it any more: what it lies over need not be kept in the cache.</summary>
    public void LetBaseGo()
    {
        lock (_gate)
            _held.LetGo();
    }

    public ReadStep TryRead(long offset, Span<byte> into)
    {
        _pages.WereRead(offset, into.Length);
        if (_base is null)
        {
            if (_file is not { } file) return ReadStep.Done(0);
            return file.TryRead(offset, into) is { IsOk: true } read ? ReadStep.Done(read.Bytes) : ReadStep.MustWait;
        }

        lock (_gate)
        {
            if (_base is not { } below || _version is not { IsStored: true } version) return ReadStep.MustWait;
            var range = new ByteRange(offset, into.Length).ClampTo(below.SizeBytes);
            if (range.IsEmpty) return ReadStep.Done(0);
            into = into[..(int)range.Length];
            foreach (var piece in Pieces.Of(below, range))
            {
                var part = into.Slice((int)(piece.Range.Offset - offset), (int)piece.Range.Length);
                switch (piece.From)
                {
                    case PieceSource.Nowhere:
                        part.Clear();
                        break;
                    case PieceSource.Version when version.Payload.TryRead(piece.Range.Offset, part) == BlockRead.Hit:
                        break;
                    case PieceSource.File when _file?.TryRead(piece.Range.Offset, part) is { IsOk: true } read:
                        part[read.Bytes..].Clear();
                        break;
                    default:
                        return ReadStep.MustWait;
                }
            }

            return ReadStep.Done(into.Length);
        }
    }

    public async ValueTask<ReadOutcome> ReadAsync(long offset, Memory<byte> into, ReadAhead ahead, CancellationToken cancel)
    {
        LocalFileBase? below;
        PinnedVersion? version;
        IOverlayFile? file;
        _pages.WereRead(offset, into.Length);
        lock (_gate)
        {
            (below, version, file) = (_base, _version, _file);
            if (below is null) return file is null ? ReadOutcome.Read(0) : file.Read(offset, into.Span);
            if (version is null || !_pinned.TryHold(version)) return ReadOutcome.Failed(FileSystemError.BadHandle);
        }

        try
        {
            var range = new ByteRange(offset, into.Length).ClampTo(below.SizeBytes);
            if (range.IsEmpty) return ReadOutcome.Read(0);
            into = into[..(int)range.Length];
            var next = ahead.Observe(offset, into.Length);
            foreach (var piece in Pieces.Of(below, range))
            {
                var part = into.Slice((int)(piece.Range.Offset - offset), (int)piece.Range.Length);
                var error = await _pieces.FillAsync(piece, part, version, file, next, cancel);
                if (error != FileSystemError.None) return ReadOutcome.Failed(error);
            }

            return ReadOutcome.Read(into.Length);
        }
        finally
        {
            _pinned.Unpin(version);
        }
    }

    /// <summary>Writes all of it. What is already there, as far as that is known without asking a source, is not stored.</summary>
    public FileSystemError Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset < 0 || bytes.Length > long.MaxValue - offset) return FileSystemError.FileTooLarge;
        // Nothing written beyond the end does not make a file longer.
        if (bytes.IsEmpty) return FileSystemError.None;
        if (_base is null && _file is { } whole) return whole.Write(offset, bytes);
        lock (_gate)
        {
            if (_base is { } below && KnownBytes.AreThese(below, _version, offset, bytes))
            {
                Touch();
                return FileSystemError.None;
            }

            if (!TryGetFile(out var file, out var error)) return error;
            error = file.Write(offset, bytes);
            if (error != FileSystemError.None || _base is not { } over) return error;
            CrashPoint.Reached(CrashPoints.OverlayBytesWritten);
            var range = new ByteRange(offset, bytes.Length);
            Change(over with { Written = over.Written.Add(range), SizeBytes = Math.Max(over.SizeBytes, range.End) });
            return FileSystemError.None;
        }
    }

    /// <summary>Whether the disk lets the file have this size: it could not be written up to there otherwise.</summary>
    public FileSystemError CheckSize(long bytes) => _base is { } below && bytes > below.SizeBytes ? _files.CheckSize(bytes) : FileSystemError.None;

    /// <summary>What the journal may say of an open file after it got another size; null for one that lies wholly here.</summary>
    public LocalFileBase? RecordedAt(long bytes)
    {
        lock (_gate)
            return Cuts.Resized(_saved, bytes, hasWritten: _file is not null);
    }

    /// <summary>
    /// Changes the size of an open file. With a base the journal has it first: bytes that no range names are not seen. They
    /// stay in the file, because the journal on the disk may name them still.
    /// </summary>
    public FileSystemError Resize(long bytes)
    {
        lock (_gate)
        {
            if (_base is { } before)
            {
                // The kernel keeps the page that the end lies in, with zeros behind it.
                _pages.WereRead(bytes, 1);
                _base = Cuts.Resized(before, bytes, hasWritten: _file is not null);
                Touch();
                if (_base is not null) return FileSystemError.None;
            }

            return TryGetFile(out var file, out var error) ? file.SetSize(bytes) : error;
        }
    }

    public FileSystemError SetModified(UnixTime at)
    {
        lock (_gate)
        {
            _modifiedAt = at;
            if (_base is not null) return FileSystemError.None;
            if (_file is { } open) return open.SetModified(at);
            var opened = _files.Open(_id);
            if (!opened.TryGet(out var file)) return opened.Error == FileSystemError.NotFound ? FileSystemError.None : opened.Error;
            using (file)
                return file.SetModified(at);
        }
    }

    public FileSystemError Allocate(AllocateMode mode, long offset, long length)
    {
        lock (_gate)
        {
            if (!TryGetFile(out var file, out var error)) return error;
            var range = new ByteRange(offset, length);
            var grows = mode is AllocateMode.Reserve or AllocateMode.Zero;
            if (mode != AllocateMode.PunchHole && CheckSize(range.End) is var tooLong and not FileSystemError.None) return tooLong;
            if (mode is AllocateMode.Reserve or AllocateMode.ReserveKeepingSize)
            {
                // Over a version only what is written takes room here.
                if (_base is null) return file.Reserve(offset, length, keepsSize: !grows);
                if (grows && _base is { } short_ && short_.SizeBytes < range.End) Change(short_ with { SizeBytes = range.End });
                return FileSystemError.None;
            }

            error = file.PunchHole(offset, length);
            if (error != FileSystemError.None) return error;
            if (_base is { } below)
            {
                var size = grows ? Math.Max(below.SizeBytes, range.End) : below.SizeBytes;
                Change(below with { SizeBytes = size, Written = below.Written.Union(RangeSet.Of(range.ClampTo(size))) });
                return FileSystemError.None;
            }

            return grows && file.Facts.SizeBytes < range.End ? file.SetSize(range.End) : FileSystemError.None;
        }
    }

    public Outcome<long> Seek(long offset, SeekTarget target)
    {
        var size = Facts.SizeBytes;
        if (offset < 0 || offset >= size) return FileSystemError.NoSuchPosition;
        var holes = new Holes(_base, _file, Volatile.Read(ref _mappers) > 0 ? _pages : null, size);
        if (target == SeekTarget.Hole) return holes.Next(offset);
        return holes.NextData(offset) is var data && data < size ? data : FileSystemError.NoSuchPosition;
    }

    /// <summary>Whether a range that was written is what the version below has there, which is fetched for it. The file is open.</summary>
    public async ValueTask<Outcome<bool>> IsAsBaseAsync(ByteRange written, CancellationToken cancel)
    {
        PinnedVersion? version;
        IOverlayFile? file;
        lock (_gate)
        {
            (version, file) = (_version, _file);
            if (version is not { IsStored: true } || file is null || !_pinned.TryHold(version)) return false;
        }

        try
        {
            return await _pieces.AreSameAsync(written, version, file, cancel);
        }
        finally
        {
            _pinned.Unpin(version);
        }
    }

    /// <summary>The journal has nothing of it any more: it is what the version below is.</summary>
    public void TakeBack()
    {
        lock (_gate)
        {
            if (_base is { } below) _base = _saved = Cuts.Untouched(below.Path, below.Version);
        }
    }

    public ValueTask<FileSystemError> SyncAsync(bool dataOnly) => _file is { } file ? file.SyncAsync(dataOnly) : ValueTask.FromResult(FileSystemError.None);

    /// <summary>The journal has it.</summary>
    public void Saved(LocalFileBase? saved)
    {
        lock (_gate)
        {
            _saved = saved;
            _held.Saved(saved);
        }
    }

    private void CloseLocked(bool mayMap)
    {
        if (mayMap) _mappers--;
        if (--_users > 0) return;
        _file?.Dispose();
        _file = null;
        if (_version is { } version) _pinned.Unpin(version);
        _version = null;
    }

    /// <summary>With all that the snapshot knows by now of the version, which the journal learns with the next row.</summary>
    private PinnedVersion Pin(LocalFileBase below)
    {
        if (_origin.Aged(below.Path, below.Version) is { } aged)
        {
            // Unlike the young one it can be kept in the cache. The journal learns it at the close.
            _base = below = below with { Version = aged };
            _held.Move(below);
        }

        var (version, isPast) = _origin.Newest(below.Path, below.Version);
        if (!isPast && !version.Replicas.SequenceEqual(below.Version.Replicas))
        {
            _base = below with { Version = version };
            _saved = _saved is { } saved ? saved with { Version = version } : null;
        }

        return _pinned.Pin(version, below.Path, isPast);
    }

    private void Touch() => _changedAt = _modifiedAt = UnixTime.From(_clock.GetUtcNow());

    private void Change(LocalFileBase changed)
    {
        _base = changed;
        Touch();
    }

    private bool TryGetFile(out IOverlayFile file, out FileSystemError error)
    {
        if (_users == 0) throw new InvalidOperationException("the file is not open");
        error = FileSystemError.None;
        if (_file is null)
        {
            var created = _files.Create(_id);
            error = created.Error;
            if (created.TryGet(out var made)) _file = made;
        }

        file = _file!;
        return error == FileSystemError.None;
    }
}
