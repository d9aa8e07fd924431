using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Local;

/// <summary>Lists an open directory through <c>getdents64</c>, whose names are bytes.</summary>
internal sealed unsafe class DirectoryLister(SafeFileHandle directory, VirtualPath path, UnixTime now)
{
    private const int BufferBytes = 64 * 1024;

    // struct linux_dirent64: ino 8, offset 8, record length 2, type 1, then the name up to its NUL.
    private const int RecordLengthAt = 16;
    private const int NameAt = 19;

    // A directory that changes while it is read may show a name twice.
    private readonly HashSet<PathName> _seen = [];
    private readonly List<SourceEntry> _entries = [];

    /// <summary>Where names of uploads go that are on their way, which no list shows; null: nowhere.</summary>
    public List<PathName>? Staged { get; init; }

    public SourceOutcome<IReadOnlyList<SourceEntry>> List(CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            nint filled;
            fixed (byte* into = buffer)
                filled = Posix.GetDirectoryEntries(directory, into, BufferBytes);
            if (filled < 0) return LocalErrors.Last("listing", path);
            if (filled == 0) return _entries;
            if (AddAll(buffer.AsSpan(0, (int)filled), cancel) is { } error) return error;
        }
    }

    private SourceError? AddAll(ReadOnlySpan<byte> records, CancellationToken cancel)
    {
        while (!records.IsEmpty)
        {
            cancel.ThrowIfCancellationRequested();
            var length = MemoryMarshal.Read<ushort>(records[RecordLengthAt..]);
            var name = records[NameAt..length];
            name = name[..name.IndexOf((byte)0)];
            if (PathName.TryCreate(name, out var legal) && _seen.Add(legal) && Add(legal) is { } error) return error;
            records = records[length..];
        }

        return null;
    }

    private SourceError? Add(PathName name)
    {
        if (StagingName.IsOne(name))
        {
            Staged?.Add(name);
            return null;
        }

        if (!LocalFolder.TryStat(directory, name, out var status)) return UnlessGone("stat of", name);
        if (status.Kind is not { } kind) return null;
        byte[] target = [];
        if (kind == EntryKind.Symlink && !LocalFolder.TryReadLink(directory, name, out target)) return UnlessGone("reading the link", name);
        _entries.Add(LocalEntry.From(name, status, target, now));
        return null;
    }

    // Deleted between its listing and its stat: rightly not in the list.
    private SourceError? UnlessGone(string action, PathName name)
    {
        var error = LocalErrors.Last(action, path / name);
        return error.Kind == SourceErrorKind.NotFound ? null : error;
    }
}
