using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// Reads where the log ends from the head of its index (<c>-shm</c>, the struct WalIndexHdr of https://sqlite.org/walformat.html),
/// which SQLite keeps twice.
/// </summary>
/// <param name="index">Kept open as long as SQLite uses it: to close it would drop SQLite's locks.</param>
internal sealed class LogIndex(SafeFileHandle index) : IDisposable
{
    private const int HeadBytes = 48;
    private const int LastFrameAt = 16;
    private const int DatabasePagesAt = 20;
    private const int SaltAt = 32;

    /// <summary>Null when it is not to be had, or just being written.</summary>
    public LogPosition? Read()
    {
        Span<byte> both = stackalloc byte[2 * HeadBytes];
        if (Libc.Read(index, both, 0, mayWait: true) != both.Length || !both[..HeadBytes].SequenceEqual(both[HeadBytes..])) return null;
        return new LogPosition(
            MemoryMarshal.Read<ulong>(both[SaltAt..]), MemoryMarshal.Read<uint>(both[LastFrameAt..]), MemoryMarshal.Read<uint>(both[DatabasePagesAt..]));
    }

    public void Dispose() => index.Dispose();
}
