using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Core.FileSystem;

/// <summary>A reply to a directory read while it is being filled.</summary>
public interface IDirectoryReply
{
    /// <summary>
    /// Adds an entry by name only, and the position that continues after it. False, and nothing is added, when the
    /// reply is full. The name is bytes because <c>.</c> and <c>..</c> are added this way, which no
    /// <see cref="PathName"/> can be.
    /// </summary>
    bool Add(ReadOnlySpan<byte> name, EntryKind kind, ulong inodeNumber, long nextPosition);

    /// <summary>The same with attributes: each entry added counts as one lookup of its node.</summary>
    bool Add(PathName name, in NodeAttributes attributes, long nextPosition);
}
