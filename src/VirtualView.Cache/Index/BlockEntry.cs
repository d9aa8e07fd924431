using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace VirtualView.Cache.Index;

/// <summary>What the index knows of a block. It proves itself by its own checksum, which covers the key too.</summary>
[StructLayout(LayoutKind.Sequential, Size = SizeBytes)]
internal readonly record struct BlockEntry
{
    public const int SizeBytes = 24;
    private const int CoveredBytes = 16;
    private const ushort Format = 1;

    private readonly ulong _hash;
    private readonly int _lengthBytes;
    private readonly ushort _format;
    private readonly ushort _source;
    private readonly uint _checksum;

    private BlockEntry(BlockKey key, ulong hash, int lengthBytes, ushort source)
    {
        (_hash, _lengthBytes, _format, _source) = (hash, lengthBytes, Format, source);
        _checksum = ChecksumFor(key);
    }

    public int LengthBytes => _lengthBytes;

    /// <summary>The number of the source that gave the bytes.</summary>
    public ushort Source => _source;

    public static BlockEntry Of(BlockKey key, ReadOnlySpan<byte> bytes, ushort source) =>
        new(key, XxHash3.HashToUInt64(bytes, key.Seed), bytes.Length, source);

    public bool IsIntact(BlockKey key) => _format == Format && _checksum == ChecksumFor(key);

    public bool Proves(BlockKey key, ReadOnlySpan<byte> bytes) =>
        IsIntact(key) && bytes.Length == _lengthBytes && XxHash3.HashToUInt64(bytes, key.Seed) == _hash;

    private uint ChecksumFor(BlockKey key)
    {
        Span<byte> covered = stackalloc byte[BlockKey.SizeBytes + CoveredBytes];
        MemoryMarshal.Write(covered, key);
        var self = this;
        MemoryMarshal.AsBytes(new Span<BlockEntry>(ref self))[..CoveredBytes].CopyTo(covered[BlockKey.SizeBytes..]);
        return Crc32.HashToUInt32(covered);
    }
}
