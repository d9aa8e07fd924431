using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Units;

namespace VirtualView.Engine.Tests.World;

internal sealed class MemoryOverlayFile(MemoryOverlayFiles files) : IOverlayFile
{
    private byte[] _bytes = [];
    private UnixTime _modifiedAt = files.Now;
    private UnixTime _changedAt = files.Now;

    public OverlayFileFacts Facts => new(_bytes.Length, _bytes.Length, _modifiedAt, _changedAt);

    public int Syncs { get; private set; }

    public ReadOutcome Read(long offset, Span<byte> into)
    {
        var bytes = (int)Math.Clamp(_bytes.Length - offset, 0, into.Length);
        _bytes.AsSpan((int)Math.Min(offset, _bytes.Length), bytes).CopyTo(into);
        return ReadOutcome.Read(bytes);
    }

    public ReadOutcome? TryRead(long offset, Span<byte> into) => Read(offset, into);

    public FileSystemError Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (files.Failure != FileSystemError.None) return files.Failure;
        if (offset + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, (int)offset + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan((int)offset));
        return Touch();
    }

    public FileSystemError SetSize(long bytes)
    {
        Array.Resize(ref _bytes, (int)bytes);
        return Touch();
    }

    public FileSystemError SetModified(UnixTime at)
    {
        (_modifiedAt, _changedAt) = (at, files.Now);
        return FileSystemError.None;
    }

    public FileSystemError Reserve(long offset, long length, bool keepsSize) =>
        keepsSize || offset + length <= _bytes.Length ? FileSystemError.None : SetSize(offset + length);

    public FileSystemError PunchHole(long offset, long length)
    {
        var from = (int)Math.Min(offset, _bytes.Length);
        _bytes.AsSpan(from, (int)Math.Min(length, _bytes.Length - from)).Clear();
        return Touch();
    }

    public long? NextData(long offset) => offset < _bytes.Length ? offset : null;

    public long NextHole(long offset) => _bytes.Length;

    public ValueTask<FileSystemError> SyncAsync(bool dataOnly)
    {
        Syncs++;
        return ValueTask.FromResult(FileSystemError.None);
    }

    public void Dispose()
    {
    }

    private FileSystemError Touch()
    {
        _modifiedAt = _changedAt = files.Now;
        return FileSystemError.None;
    }
}
