using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.State.Folders;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Files;

/// <summary>The folder <c>overlay/</c>. Any thread may call anything.</summary>
internal sealed class OverlayFiles : IOverlayFiles, IAsyncDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _folder;
    private readonly SafeFileHandle _parent;
    private readonly ILogger _log;
    private readonly FolderNames[] _names = [.. Enumerable.Range(0, 256).Select(_ => new FolderNames())];
    private readonly FolderNames _folders = new();
    private readonly FolderNames _own = new();
    private readonly RemovedFiles _removed;
    private readonly SizeLimit _limit;
    private int _troubles; // errors are told once for each errno: one bit each

    private OverlayFiles(string path, SafeFileHandle folder, SafeFileHandle parent, Func<ValueTask<FileSystemError>> syncJournal, TimeProvider clock, ILogger log)
    {
        (_path, _folder, _parent, _log) = (path, folder, parent, log);
        _limit = new SizeLimit(folder);
        _removed = new RemovedFiles(syncJournal, Unlink, clock);
    }

    /// <param name="state">Where the folder is.</param>
    /// <param name="syncJournal">Takes to the disk what was committed.</param>
    /// <param name="clock">For deletions, which wait for that.</param>
    /// <param name="log">For what goes wrong.</param>
    /// <exception cref="StateException">The folder cannot be made.</exception>
    public static OverlayFiles Open(StateFolder state, Func<ValueTask<FileSystemError>> syncJournal, TimeProvider clock, ILogger log)
    {
        try
        {
            OwnerOnly.CreateFolder(state.OverlayFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(state.OverlayFolder, e.Message.TrimEnd('.'));
        }

        var folder = OpenFolder(state.OverlayFolder);
        return new OverlayFiles(state.OverlayFolder, folder, OpenFolder(state.Path), syncJournal, clock, log);
    }

    /// <summary>Files of which a sync failed.</summary>
    public UnsyncedFiles Unsynced { get; } = new();

    public Outcome<IOverlayFile> Create(LocalId id)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        var name = FileName.Of(id, buffer).Bytes;
        var file = Libc.OpenAt(_folder, name, Libc.ReadWrite | Libc.Create | Libc.Exclusive);
        if (file.IsInvalid && Marshal.GetLastPInvokeError() == Errno.NoEntry)
        {
            var error = MakeFolder(FileName.FolderNumber(id));
            if (error != Errno.None) return Failed(id, error, "make the folder of");
            file = Libc.OpenAt(_folder, name, Libc.ReadWrite | Libc.Create | Libc.Exclusive);
        }

        if (file.IsInvalid) return Marshal.GetLastPInvokeError() == Errno.Exists ? Open(id) : Failed(id, Marshal.GetLastPInvokeError(), "make");
        _names[FileName.FolderNumber(id)].Changed();
        return new OverlayFile(this, id, file);
    }

    public Outcome<IOverlayFile> Open(LocalId id)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        var file = Libc.OpenAt(_folder, FileName.Of(id, buffer).Bytes, Libc.ReadWrite);
        return file.IsInvalid ? Failed(id, Marshal.GetLastPInvokeError(), "open") : new OverlayFile(this, id, file);
    }

    /// <exception cref="IOException">The disk does not tell. To say that there is none would show an empty file.</exception>
    public OverlayFileFacts? Look(LocalId id)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        return Libc.Status(_folder, FileName.Of(id, buffer).Bytes, out var status) switch
        {
            Errno.None => status.ToFacts(),
            Errno.NoEntry => null,
            var errno => throw new IOException($"the overlay file {id} in '{_path}' cannot be looked at (errno {errno})"),
        };
    }

    public FileSystemError CheckSize(long bytes) => DiskErrors.Of(_limit.Check(bytes));

    public void Delete(LocalId id)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        var isThere = Libc.Status(_folder, FileName.Of(id, buffer).Bytes, out var status) == Errno.None;
        _removed.Add(id, isThere ? status.ToFacts().AllocatedBytes : 0);
    }

    public ValueTask<bool> DeleteNowAsync() => _removed.DeleteNowAsync();

    public ImmutableArray<LocalId> List()
    {
        var found = ImmutableArray.CreateBuilder<LocalId>();
        for (var number = 0; number <= byte.MaxValue; number++)
        {
            foreach (var id in ListFolder(number.ToString("x2", CultureInfo.InvariantCulture)))
            {
                if (FileName.FolderNumber(id) == number) found.Add(id);
            }
        }

        return found.ToImmutable();
    }

    public FileSystemError SetAside(LocalId id)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        var made = Libc.MakeFolder(_folder, Named(FileName.Lost));
        if (made is not (Errno.None or Errno.Exists)) return Failed(id, made, "make the folder for");
        if (made == Errno.None) _folders.Changed();
        var errno = Libc.Rename(_folder, FileName.Of(id, buffer).Bytes, Named(FreeLostName(id)));
        return errno == Errno.None ? FileSystemError.None : Failed(id, errno, "set aside");
    }

    public long FreeBytes()
    {
        try
        {
            return new DriveInfo(_path).AvailableFreeSpace + _removed.Bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return long.MaxValue; // not known: the disk says when it is full
        }
    }

    /// <summary>The greatest id that a file has or had which was set aside; 0 when there is none.</summary>
    public ulong GreatestId() => List().Concat(ListFolder(FileName.Lost)).Select(id => id.Value).DefaultIfEmpty().Max();

    /// <summary>Takes the file's name to the disk, and those of the folders above it, where that is still to be done.</summary>
    public FileSystemError SyncName(LocalId id)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        var number = FileName.FolderNumber(id);
        var errno = _names[number].Sync(_folder, FileName.OfFolder(number, buffer).Bytes);
        if (errno == Errno.None) errno = _folders.Sync(_folder, ".\0"u8);
        if (errno == Errno.None) errno = _own.Sync(_parent, ".\0"u8);

        // Who was deleted while it was open has no name to be synced, and perhaps no folder.
        return errno is Errno.None or Errno.NoEntry ? FileSystemError.None : Failed(id, errno, "sync the name of");
    }

    /// <summary>What an error number means; what the user must know of is told once.</summary>
    public FileSystemError Failed(LocalId id, int errno, string what)
    {
        var error = DiskErrors.Of(errno);
        var bit = 1 << (errno & 31);
        if (DiskErrors.IsTrouble(error) && (Interlocked.Or(ref _troubles, bit) & bit) == 0) _log.OverlayFileFailed(what, id, _path, errno);
        return error;
    }

    /// <summary>To be called before the journal is closed: deletions need it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _removed.DisposeAsync();
        _folder.Dispose();
        _parent.Dispose();
    }

    private void Unlink(LocalId id)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        var errno = Libc.Unlink(_folder, FileName.Of(id, buffer).Bytes);
        Unsynced.Remove(id);
        if (errno is not (Errno.None or Errno.NoEntry)) Failed(id, errno, "delete");
    }

    private int MakeFolder(byte number)
    {
        Span<byte> buffer = stackalloc byte[FileName.MaxBytes];
        var errno = Libc.MakeFolder(_folder, FileName.OfFolder(number, buffer).Bytes);
        if (errno == Errno.None) _folders.Changed();
        return errno == Errno.Exists ? Errno.None : errno;
    }

    private IEnumerable<LocalId> ListFolder(string name)
    {
        var folder = Path.Combine(_path, name);
        if (!Directory.Exists(folder)) yield break;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (FileName.TryParse(Path.GetFileName(file.AsSpan()), out var id)) yield return id;
        }
    }

    private string FreeLostName(LocalId id)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{FileName.Lost}/{id.Value:x16}");
        var free = name;
        for (var number = 2; File.Exists(Path.Combine(_path, free)); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");
        return free;
    }

    private static byte[] Named(string name) => Encoding.ASCII.GetBytes(name + '\0');

    private static SafeFileHandle OpenFolder(string path)
    {
        var opened = Libc.Open(path, Libc.ReadOnly);
        return opened.IsInvalid ? throw Refused(path, $"errno {Marshal.GetLastPInvokeError()}") : opened;
    }

    private static StateException Refused(string folder, string why) =>
        new($"cannot use the folder '{folder}' for what is written in the view: {why}: make it writable for this user and see that the disk has room");
}
