using VirtualView.Torture.Tests.Content;
using VirtualView.Torture.Tests.Daemon;

namespace VirtualView.Torture.Tests.Reading;

/// <summary>
/// An open file that checks every byte it reads. Its size says which version it is; every byte that it ever gives must be
/// of that one.
/// </summary>
internal sealed class CheckedHandle : IDisposable
{
    private readonly SourceWorld _world;
    private readonly DaemonLife _daemon;
    private readonly ReadLedger _ledger;
    private readonly int _descriptor;
    private readonly int _file;
    private readonly int _version;
    private readonly byte[] _buffer = new byte[256 << 10];

    private CheckedHandle(SourceWorld world, DaemonLife daemon, ReadLedger ledger, int descriptor, int file, int version, long size)
    {
        (_world, _daemon, _ledger, _descriptor) = (world, daemon, ledger, descriptor);
        (_file, _version, SizeBytes) = (file, version, size);
    }

    public long SizeBytes { get; }

    /// <summary>Null where there is nothing to read, rightly or not.</summary>
    public static CheckedHandle? Open(SourceWorld world, DaemonLife daemon, ReadLedger ledger, string folder, int file)
    {
        var path = Path.Combine(folder, SourceWorld.PathOf(file));
        var (descriptor, errno) = MountCalls.Open(path);
        if (descriptor < 0)
        {
            var isRight = errno == MountCalls.NoEntry ? world.MayBeMissing(file) : errno == MountCalls.Stale && world.Changed(file);
            if (!isRight) Complain(daemon, ledger, $"open of {path}: errno {errno}");
            return null;
        }

        var (size, seekErrno) = MountCalls.SizeOf(descriptor);
        var version = SourceWorld.VersionOf(file, size);
        if (seekErrno == 0 && version > 0 && version <= world.Newest(file))
        {
            ledger.Opened();
            return new CheckedHandle(world, daemon, ledger, descriptor, file, version, size);
        }

        MountCalls.Close(descriptor);
        Complain(daemon, ledger, $"{path} has {size} bytes (errno {seekErrno}), which no version has; the newest is {world.Newest(file)}");
        return null;
    }

    /// <summary>False when there is nothing more to be had from this handle.</summary>
    public bool Read(long offset, int length)
    {
        var left = (int)Math.Clamp(SizeBytes - offset, 0, Math.Min(length, _buffer.Length));
        while (left > 0)
        {
            var into = _buffer.AsSpan(0, left);
            var (count, errno) = MountCalls.Read(_descriptor, into, offset);
            if (count < 0) return Failed(offset, errno);
            if (FileContent.Mistake(_file, _version, offset, into[..count], _world.Newest(_file)) is { } mistake) _ledger.Violation(mistake);
            _ledger.Right(count);
            if (count == 0)
            {
                Complain(_daemon, _ledger, $"file {_file} version {_version} ends at {offset} of {SizeBytes}");
                return false;
            }

            // Fewer than asked for: the kernel gives what it has before an error, which the next read tells.
            (offset, left) = (offset + count, left - count);
        }

        return true;
    }

    public bool ReadAll(Func<bool> isEnough)
    {
        for (var offset = 0L; offset < SizeBytes; offset += _buffer.Length)
            if (isEnough() || !Read(offset, _buffer.Length)) return false;
        return true;
    }

    public void Dispose() => MountCalls.Close(_descriptor);

    /// <summary>What a dying daemon answers is no answer; one that lives is to be blamed.</summary>
    private static void Complain(DaemonLife daemon, ReadLedger ledger, string what)
    {
        if (!daemon.IsEndingSoon()) ledger.Violation(what);
    }

    private bool Failed(long offset, int errno)
    {
        if (errno == MountCalls.Stale && (_world.Newest(_file) != _version || !_world.IsThere(_file))) _ledger.Stale();
        else Complain(_daemon, _ledger, $"read of file {_file} version {_version} at {offset}: errno {errno}");
        return false;
    }
}
