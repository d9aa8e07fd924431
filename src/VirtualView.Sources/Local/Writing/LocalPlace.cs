using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Local.Writing;

/// <summary>
/// A name in a directory that is held open: what is done to it is done in that directory, wherever its path leads
/// meanwhile. Names are never followed if they are links.
/// </summary>
/// <param name="directory">Open; owned by the place.</param>
/// <param name="path">For messages, and for the name.</param>
internal sealed unsafe class LocalPlace(SafeFileHandle directory, VirtualPath path) : IDisposable
{
    private const int LongestLineage = 4096;

    private static ReadOnlySpan<byte> LineageAttribute => "user.virtualview.lineage\0"u8;

    public VirtualPath Path => path;

    public PathName Name => path.Name;

    public void Dispose() => directory.Dispose();

    /// <summary>Null when nothing is there.</summary>
    public WriteOutcome<FileStatus?> Look(PathName name)
    {
        if (LocalFolder.TryStat(directory, name, out var status)) return (FileStatus?)status;
        return Marshal.GetLastPInvokeError() == LocalErrors.NoEntry
            ? (FileStatus?)null
            : LocalWriteErrors.Last("stat of", path.Parent / name);
    }

    /// <summary>The file itself, never what a link of that name leads to.</summary>
    public WriteOutcome<SafeFileHandle> Open(PathName name, int flags, int mode = 0)
    {
        var buffer = stackalloc byte[PathName.MaxBytes + 1];
        var file = PosixWriting.OpenAt(
            directory,
            LocalFolder.Terminate(name, buffer),
            flags | Posix.OpenNoFollow | Posix.OpenCloseOnExec | Posix.OpenNonBlocking | Posix.OpenNoTerminal,
            (uint)mode);
        if (!file.IsInvalid) return file;
        var error = LocalWriteErrors.Last("opening", path.Parent / name);
        file.Dispose();
        return error;
    }

    public WriteError? Rename(PathName from, PathName to, uint flags) => Rename(from, this, to, flags);

    public WriteError? Rename(PathName from, LocalPlace other, PathName to, uint flags)
    {
        var old = stackalloc byte[PathName.MaxBytes + 1];
        var next = stackalloc byte[PathName.MaxBytes + 1];
        return PosixWriting.RenameAt(
            directory, LocalFolder.Terminate(from, old), other.Handle, LocalFolder.Terminate(to, next), flags) == 0
            ? null
            : LocalWriteErrors.Last("renaming to", other.Path.Parent / to);
    }

    public WriteError? Remove(PathName name, bool isDirectory = false)
    {
        var buffer = stackalloc byte[PathName.MaxBytes + 1];
        return PosixWriting.UnlinkAt(directory, LocalFolder.Terminate(name, buffer), isDirectory ? PosixWriting.RemoveDirectory : 0) == 0
            ? null
            : LocalWriteErrors.Last("removing", path.Parent / name);
    }

    public WriteError? MakeDirectory(int mode)
    {
        var buffer = stackalloc byte[PathName.MaxBytes + 1];
        return PosixWriting.MakeDirectoryAt(directory, LocalFolder.Terminate(Name, buffer), (uint)mode) == 0
            ? null
            : LocalWriteErrors.Last("making", path);
    }

    /// <summary>
    /// Keeps other daemons that write here out of this directory until <see cref="Unlock"/>. Where the file system knows no such
    /// lock, only the exchange itself protects.
    /// </summary>
    public WriteError? Lock()
    {
        const int wouldBlock = 11;
        return PosixWriting.FileLock(directory, PosixWriting.LockExclusiveAtOnce) == 0 || Marshal.GetLastPInvokeError() != wouldBlock
            ? null
            : new WriteError(WriteErrorKind.Busy, $"{path.Parent} is locked by somebody else who writes there");
    }

    public void Unlock() => _ = PosixWriting.FileLock(directory, PosixWriting.LockEnd);

    /// <summary>Names that were given or taken survive the loss of power from here on.</summary>
    public WriteError? Sync() => PosixWriting.Sync(directory) == 0 ? null : LocalWriteErrors.Last("syncing", path.Parent);

    /// <summary>Everything that is known of an entry.</summary>
    public TargetEntry Describe(FileStatus status, UnixTime now)
    {
        byte[] target = [];
        if (status.Kind == EntryKind.Symlink) LocalFolder.TryReadLink(directory, Name, out target);
        var lineage = status.Kind == EntryKind.File ? ReadLineage(Name) : null;
        return new TargetEntry(LocalEntry.From(Name, status, target, now), lineage);
    }

    /// <returns>False where the file system keeps no such attributes.</returns>
    public static bool WriteLineage(SafeFileHandle file, UploadLineage lineage)
    {
        var value = Encoding.ASCII.GetBytes(lineage.ToString());
        fixed (byte* name = LineageAttribute, bytes = value)
            return PosixWriting.SetAttribute(file, name, bytes, (nuint)value.Length, 0) == 0;
    }

    private UploadLineage? ReadLineage(PathName file)
    {
        var opened = Open(file, Posix.OpenReadOnly);
        if (!opened.IsOk) return null; // who may not read it learns no lineage
        using var handle = opened.Value;
        var into = stackalloc byte[LongestLineage];
        fixed (byte* name = LineageAttribute)
        {
            var length = PosixWriting.GetAttribute(handle, name, into, LongestLineage);
            return length <= 0 ? null : UploadLineage.Parse(Encoding.ASCII.GetString(into, (int)length));
        }
    }

    private SafeFileHandle Handle => directory;
}
