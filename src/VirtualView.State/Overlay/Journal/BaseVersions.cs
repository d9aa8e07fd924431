using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.State.Database;
using VirtualView.State.Trees;

namespace VirtualView.State.Overlay.Journal;

/// <summary>A version with all its replicas, their paths against one that stands beside it.</summary>
internal static class BaseVersions
{
    public static void Version(this ByteWriter into, VirtualPath path, FileVersion version)
    {
        into.VersionHead(version.Id, version.SizeBytes, version.ModifiedAt, version.Replicas.Length);
        foreach (var replica in version.Replicas)
        {
            into.Source(replica.Source);
            into.Validator(version, replica.Validator);
            into.ReplicaPath(path.Parent.Names, path.Name, replica.Path.Names);
        }
    }

    public static FileVersion Version(this ref ByteReader from, VirtualPath path)
    {
        var id = from.Version();
        var (size, time) = (from.Varint(), new UnixTime(from.Int64()));
        var replicas = new Replica[from.Count()];
        for (var i = 0; i < replicas.Length; i++)
        {
            var source = from.Source();
            var validator = from.Validator(size, time);
            replicas[i] = new Replica(source, ReadPath(ref from, path), validator);
        }

        return new FileVersion(id, size, time, ImmutableCollectionsMarshal.AsImmutableArray(replicas));
    }

    private static VirtualPath ReadPath(ref ByteReader from, VirtualPath view)
    {
        var code = from.Varint();
        if (code == 0) return from.Names();
        if (code > view.Names.Length) throw new DamagedDatabaseException($"has a path that drops {code - 1} names");
        return code == 1 ? view : VirtualPath.Of(view.Names.Skip((int)code - 1));
    }
}
