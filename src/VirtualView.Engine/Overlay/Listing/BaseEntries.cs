using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.Overlay.Listing;

/// <summary>Takes down what a directory of the sources lists.</summary>
internal sealed class BaseEntries : IDirectoryReply
{
    public List<ListedEntry> Entries { get; } = [];

    public bool Add(ReadOnlySpan<byte> name, EntryKind kind, ulong inodeNumber, long nextPosition)
    {
        if (PathName.TryCreate(name, out var entry)) Entries.Add(new ListedEntry(entry, kind, inodeNumber, null));
        return true;
    }

    public bool Add(PathName name, in NodeAttributes attributes, long nextPosition) =>
        throw new NotSupportedException("entries are asked for without attributes");
}
