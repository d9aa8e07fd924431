using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Local;

internal static class LocalEntry
{
    /// <param name="target">Of a symbolic link; else empty.</param>
    public static SourceEntry From(PathName name, FileStatus status, byte[] target, UnixTime now) => status.Kind switch
    {
        EntryKind.File => new SourceEntry(name, EntryKind.File, status.ToValidator(now)),
        EntryKind.Symlink => new SourceEntry(name, EntryKind.Symlink, ModifiedAt: status.ModifiedAt, Target: ImmutableArray.Create(target)),
        _ => new SourceEntry(name, EntryKind.Directory, ModifiedAt: status.ModifiedAt),
    };
}
