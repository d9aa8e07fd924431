using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Units;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk.Overlay;

internal sealed class SimulatedOverlayFile(OverlayDisk disk, Life life, DiskFile file) : IOverlayFile
{
    public OverlayFileFacts Facts => new(file.Bytes.Length, file.Bytes.Length, file.ModifiedAt, file.ChangedAt);

    private UnixTime Now => UnixTime.From(life.GetUtcNow());

    public ReadOutcome Read(long offset, Span<byte> into)
    {
        var bytes = (int)Math.Clamp(file.Bytes.Length - offset, 0, into.Length);
        file.Bytes.AsSpan((int)Math.Min(offset, file.Bytes.Length), bytes).CopyTo(into);
        return ReadOutcome.Read(bytes);
    }

    public ReadOutcome? TryRead(long offset, Span<byte> into) => offset % 3 == 0 ? null : Read(offset, into);

    public FileSystemError Write(long offset, ReadOnlySpan<byte> bytes) => Change(new FileChange((int)offset, bytes.ToArray()));

    public FileSystemError SetSize(long bytes) => Change(new FileChange((int)bytes, null));

    public FileSystemError SetModified(UnixTime at)
    {
        disk.Step(life, () => (file.ModifiedAt, file.ChangedAt) = (at, Now));
        return FileSystemError.None;
    }

    public FileSystemError Reserve(long offset, long length, bool keepsSize) =>
        keepsSize || offset + length <= file.Bytes.Length ? FileSystemError.None : SetSize(offset + length);

    public FileSystemError PunchHole(long offset, long length) =>
        Math.Clamp(file.Bytes.Length - offset, 0, length) is var bytes and > 0 ? Write(offset, new byte[bytes]) : FileSystemError.None;

    public long? NextData(long offset) => offset < file.Bytes.Length ? offset : null;

    public long NextHole(long offset) => file.Bytes.Length;

    public async ValueTask<FileSystemError> SyncAsync(bool dataOnly)
    {
        var upTo = file.Changes;
        await life.SpendAsync(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        disk.Step(life, () => file.Synced(upTo));
        return FileSystemError.None;
    }

    public void Dispose()
    {
    }

    private FileSystemError Change(FileChange change)
    {
        disk.Step(life, () =>
        {
            file.Change(change);
            (file.ModifiedAt, file.ChangedAt) = (Now, Now);
        });
        return FileSystemError.None;
    }
}
