using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Core.FileSystem;

/// <summary>A reply to a directory read while it is being filled.</summary>
public interface IDirectoryReply
{
    /// <summary>Adds <c>.</c>, which is no name and no lookup.</summary>
    bool AddSelf(ulong inodeNumber, long nextPosition);

    /// <summary>Adds <c>..</c>, likewise.</summary>
    bool AddParent(ulong inodeNumber, long nextPosition);

    /// <summary>
    /// Adds an entry by name only, and the position that continues after it. False, and nothing is added, when the
    /// reply is full.
    /// </summary>
    bool Add(PathName name, EntryKind kind, ulong inodeNumber, long nextPosition);

    /// <summary>The same with attributes: each entry added counts as one lookup of its node.</summary>
    bool Add(PathName name, in NodeAttributes attributes, long nextPosition);
}
