using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// Remembers in a file of its own (<c>overlay.db-mark</c>) how many frames SQLite's log has. SQLite ends a log at the first
/// frame that is damaged and takes it for the end: this tells that there was more. It is written after what it tells, and
/// never synced, so it may know of too little and never of too much.
/// </summary>
internal sealed class LogMark : IDisposable
{
    private const ulong Format = 0x31_6b72_616d_7676; // "vvmark1"
    private const int Bytes = 56;
    private const int HashAt = 48;
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Guid _boot = BootId();
    private readonly Lock _gate = new(); // guards all below
    private ulong _salt;
    private uint _committed;
    private uint _synced;
    private uint _copied;

    private LogMark(string path, SafeFileHandle file) => (_path, _file) = (path, file);

    public static LogMark Open(string database) => new(PathOf(database), Libc.Open(PathOf(database), Libc.ReadWrite | Libc.Create));

    /// <summary>What was marked last; null when nothing is known.</summary>
    public static MarkedLog? Find(string database)
    {
        if (!File.Exists(PathOf(database))) return null;
        var bytes = File.ReadAllBytes(PathOf(database)).AsSpan();
        if (bytes.Length != Bytes || At<ulong>(bytes, 0) != Format || At<ulong>(bytes, HashAt) != XxHash3.HashToUInt64(bytes[..HashAt])) return null;
        var (committed, synced, copied) = (At<uint>(bytes, 32), At<uint>(bytes, 36), At<uint>(bytes, 40));

        // What was committed is in the kernel's hands, and only a loss of power takes it from there.
        var isSameBoot = At<Guid>(bytes, 8) is var boot && boot != Guid.Empty && boot == BootId();
        return new MarkedLog(At<ulong>(bytes, 24), isSameBoot ? committed : synced, copied);
    }

    public static void Delete(string database) => File.Delete(PathOf(database));

    public void Committed(LogPosition log)
    {
        lock (_gate)
        {
            Follow(log.Salt);
            _committed = log.Frames;
            WriteLocked();
        }
    }

    public void Synced(LogPosition log)
    {
        lock (_gate)
        {
            if (log.Salt != _salt || log.Frames <= _synced) return;
            _synced = log.Frames;
            WriteLocked();
        }
    }

    public void Copied(ulong salt, uint frames)
    {
        lock (_gate)
        {
            Follow(salt);
            _copied = frames;
            WriteLocked();
        }
    }

    public void Dispose() => _file.Dispose();

    public static string PathOf(string database) => database + "-mark";

    private void Follow(ulong salt)
    {
        if (salt == _salt) return;
        (_salt, _committed, _synced, _copied) = (salt, 0, 0, 0);
    }

    // A disk that does not take it leaves what was known before.
    private void WriteLocked()
    {
        if (_file.IsInvalid) return;
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes.Clear();
        Put(bytes, 0, Format);
        Put(bytes, 8, _boot);
        Put(bytes, 24, _salt);
        Put(bytes, 32, _committed);
        Put(bytes, 36, _synced);
        Put(bytes, 40, _copied);
        Put(bytes, HashAt, XxHash3.HashToUInt64(bytes[..HashAt]));
        _ = Libc.Write(_file, bytes, 0);
    }

    private static Guid BootId() => File.Exists(BootIdFile) && Guid.TryParse(File.ReadAllText(BootIdFile), out var boot) ? boot : Guid.Empty;

    private static T At<T>(ReadOnlySpan<byte> bytes, int offset) where T : struct => MemoryMarshal.Read<T>(bytes[offset..]);

    private static void Put<T>(Span<byte> bytes, int offset, T value) where T : struct => MemoryMarshal.Write(bytes[offset..], in value);
}
