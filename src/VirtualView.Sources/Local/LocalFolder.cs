using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Local;

/// <summary>
/// Opens entries below a root, component by component and never through a link: so nothing below the root, whoever
/// exchanges it while we walk, leads out of it.
/// </summary>
internal sealed unsafe class LocalFolder(string root)
{
    /// <summary>A regular file, open for reading. Never waits for the writer of a FIFO.</summary>
    public SourceOutcome<SafeFileHandle> OpenFile(VirtualPath path) =>
        path.IsRoot
            ? new SourceError(SourceErrorKind.WrongKind, $"{path} is a directory, not a file")
            : Open(path, Posix.OpenReadOnly | Posix.OpenNonBlocking | Posix.OpenNoTerminal);

    public SourceOutcome<SafeFileHandle> OpenDirectory(VirtualPath path) => Open(path, Posix.OpenReadOnly | Posix.OpenDirectory);

    /// <summary>What lies at <paramref name="path"/>; of a link, the link itself.</summary>
    public SourceOutcome<FileStatus> Stat(VirtualPath path)
    {
        var opened = Open(path, Posix.OpenPlace);
        if (!opened.IsOk) return opened.Error;
        using var place = opened.Value;
        return TryStat(place, default, out var status) ? status : LocalErrors.Last("stat of", path);
    }

    /// <summary>Where the link at <paramref name="path"/> points.</summary>
    public SourceOutcome<byte[]> ReadLink(VirtualPath path)
    {
        var opened = Open(path, Posix.OpenPlace);
        if (!opened.IsOk) return opened.Error;
        using var place = opened.Value;
        return TryReadLink(place, default, out var target) ? target : LocalErrors.Last("reading the link", path);
    }

    /// <summary>Of an entry in an open directory; with no name, of what <paramref name="directory"/> itself is.</summary>
    public static bool TryStat(SafeFileHandle directory, PathName name, out FileStatus status)
    {
        StatxBuffer raw = default;
        var buffer = stackalloc byte[PathName.MaxBytes + 1];
        var result = Posix.Statx(
            directory, Terminate(name, buffer), Posix.AtSymlinkNoFollow | Posix.AtEmptyPath, Posix.StatxBasic, &raw);
        status = FileStatus.From(raw);
        return result == 0;
    }

    public static bool TryReadLink(SafeFileHandle directory, PathName name, out byte[] target)
    {
        const int longestTarget = 4096; // PATH_MAX
        var into = stackalloc byte[longestTarget];
        var buffer = stackalloc byte[PathName.MaxBytes + 1];
        var length = Posix.ReadLinkAt(directory, Terminate(name, buffer), into, longestTarget);
        target = length < 0 ? [] : new ReadOnlySpan<byte>(into, (int)length).ToArray();
        return length >= 0;
    }

    private SourceOutcome<SafeFileHandle> Open(VirtualPath path, int flags)
    {
        var rootFlags = path.IsRoot ? flags : Posix.OpenPlace;
        var current = Posix.Open(root, rootFlags | Posix.OpenDirectory | Posix.OpenCloseOnExec);
        if (current.IsInvalid) return LocalErrors.Root(Marshal.GetLastPInvokeError(), root);

        var buffer = stackalloc byte[PathName.MaxBytes + 1];
        for (var depth = 0; depth < path.Names.Length; depth++)
        {
            var isLast = depth == path.Names.Length - 1;
            var stepFlags = isLast ? flags : Posix.OpenPlace | Posix.OpenDirectory;
            var next = Posix.OpenAt(
                current, Terminate(path.Names[depth], buffer), stepFlags | Posix.OpenNoFollow | Posix.OpenCloseOnExec);
            var errno = Marshal.GetLastPInvokeError();
            current.Dispose();
            if (next.IsInvalid)
            {
                next.Dispose();
                // Below a file or a link there is nothing; only the last component can be of the wrong kind.
                var leadsNowhere = !isLast && errno is (LocalErrors.NotDirectory or LocalErrors.Loop);
                return LocalErrors.From(leadsNowhere ? LocalErrors.NoEntry : errno, "opening", path);
            }

            current = next;
        }

        return current;
    }

    /// <summary>The name as system calls take it, in a buffer of <see cref="PathName.MaxBytes"/> and one.</summary>
    public static byte* Terminate(PathName name, byte* buffer)
    {
        name.Bytes.CopyTo(new Span<byte>(buffer, PathName.MaxBytes));
        buffer[name.Bytes.Length] = 0;
        return buffer;
    }
}
