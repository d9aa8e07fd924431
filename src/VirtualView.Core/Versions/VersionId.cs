using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using VirtualView.Core.Paths;

namespace VirtualView.Core.Versions;

/// <summary>
/// Names a version: 128 bits of SHA-256 over the source, the path there and the validator under which the content was
/// first seen. So it needs no store to survive in, and cached bytes can prove whose they are when every database is
/// lost; and it is no stronger than the validator is. What was seen racy has another id than the same validator seen
/// when it had aged: the content may have changed between the two, so nothing kept for one may serve the other.
/// </summary>
public readonly record struct VersionId(UInt128 Value)
{
    public const int SizeBytes = 16;

    public static VersionId Derive(SourceId source, VirtualPath path, Validator validator)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var tag = Encoding.UTF8.GetBytes(validator.Tag ?? "");
        Span<byte> fixedPart = stackalloc byte[16 + 8 + 8 + 1 + 4];
        source.Value.TryWriteBytes(fixedPart);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[16..], validator.SizeBytes);
        BinaryPrimitives.WriteInt64LittleEndian(fixedPart[24..], validator.ModifiedAt?.Nanoseconds ?? 0);
        fixedPart[32] = (byte)((validator.ModifiedAt is null ? 0 : 1) | (validator.Strength == ValidatorStrength.Racy ? 2 : 0));

        // The length keeps tag and path apart: both may hold slashes. -1 tells no tag from an empty one.
        BinaryPrimitives.WriteInt32LittleEndian(fixedPart[33..], validator.Tag is null ? -1 : tag.Length);
        hash.AppendData(fixedPart);
        hash.AppendData(tag);
        foreach (var name in path.Names)
        {
            hash.AppendData("/"u8);
            hash.AppendData(name.Bytes);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return new VersionId(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    public void WriteTo(Span<byte> into) => BinaryPrimitives.WriteUInt128BigEndian(into, Value);

    public static VersionId ReadFrom(ReadOnlySpan<byte> from) => new(BinaryPrimitives.ReadUInt128BigEndian(from));

    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
