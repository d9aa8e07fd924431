using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>Takes apart what <see cref="VersionWriter"/> wrote.</summary>
internal static class VersionReader
{
    public static VersionId Version(this ref ByteReader from) => VersionId.ReadFrom(from.Bytes(VersionId.SizeBytes));

    public static SourceId Source(this ref ByteReader from) => new(new Guid(from.Bytes(16)));

    public static Validator Validator(this ref ByteReader from, long versionSize, UnixTime versionTime)
    {
        var flags = (ReplicaFlags)from.Byte();
        var size = (flags & ReplicaFlags.SizeOfVersion) != 0 ? versionSize : from.Int64();
        UnixTime? time = (flags & ReplicaFlags.HasTime) == 0 ? null
            : (flags & ReplicaFlags.TimeOfVersion) != 0 ? versionTime
            : new UnixTime(from.Int64());
        var tag = (flags & ReplicaFlags.HasTag) != 0 ? from.Text() : null;
        return new Validator((ValidatorStrength)(flags & ReplicaFlags.StrengthMask), size, time, tag);
    }

    public static PathName Name(this ref ByteReader from) =>
        PathName.TryCreate(from.LengthAndBytes(), out var name) ? name : throw new DamagedDatabaseException("an illegal name");

    public static VirtualPath Names(this ref ByteReader from)
    {
        var names = new PathName[from.Count()];
        for (var i = 0; i < names.Length; i++)
            names[i] = from.Name();
        return VirtualPath.Of(names);
    }
}
