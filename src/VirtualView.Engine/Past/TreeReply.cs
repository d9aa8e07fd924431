using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.Past;

/// <summary>Passes on what a tree lists, under the ids that a kernel knows it by.</summary>
internal sealed class TreeReply(IDirectoryReply reply, OpenTree tree) : IDirectoryReply
{
    public bool Add(ReadOnlySpan<byte> name, EntryKind kind, ulong inodeNumber, long nextPosition) => reply.Add(name, kind, inodeNumber, nextPosition);

    public bool Add(PathName name, in NodeAttributes attributes, long nextPosition) => reply.Add(name, tree.Outer(attributes), nextPosition);
}
