using System.Buffers.Binary;
using System.IO.Hashing;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Nodes;

/// <summary>
/// Computes <c>st_ino</c>: a hash of the path and, for a file, of its version; so it is the same after a restart without
/// being stored, and another for another version.
/// </summary>
internal static class InodeNumber
{
    public const ulong Root = 1;

    public static ulong Of(ulong directory, SnapshotNode node) =>
        Of(directory, node.Name, (node as FileNode)?.VersionId);

    public static ulong Of(ulong directory, PathName name, VersionId? version)
    {
        Span<byte> identity = stackalloc byte[8 + VersionId.SizeBytes + PathName.MaxBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(identity, directory);
        version.GetValueOrDefault().WriteTo(identity[8..]);
        name.Bytes.CopyTo(identity[(8 + VersionId.SizeBytes)..]);
        var number = XxHash3.HashToUInt64(identity[..(8 + VersionId.SizeBytes + name.Bytes.Length)]);
        // 0 and 1 have meanings of their own.
        return number <= Root ? number + 2 : number;
    }
}
