using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>Leaves one name out of a listing, and gives back the lookup that its entry counted.</summary>
internal sealed class ReplyWithoutName(IDirectoryReply reply, PathName hidden, IViewFileSystem view) : IDirectoryReply
{
    public bool Add(ReadOnlySpan<byte> name, EntryKind kind, ulong inodeNumber, long nextPosition) =>
        name.SequenceEqual(hidden.Bytes) || reply.Add(name, kind, inodeNumber, nextPosition);

    public bool Add(PathName name, in NodeAttributes attributes, long nextPosition)
    {
        if (name != hidden) return reply.Add(name, attributes, nextPosition);
        view.Forget(attributes.Node, 1);
        return true;
    }
}
