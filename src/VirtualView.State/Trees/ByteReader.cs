using System.Buffers.Binary;
using System.Text;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>Takes apart what <see cref="ByteWriter"/> wrote. Never reads past the end: that is damage.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public long Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return (long)value;
        }

        throw new DamagedDatabaseException("a number is too long");
    }

    /// <summary>A number of things of which each takes at least one byte of what is left.</summary>
    public int Count()
    {
        var count = Varint();
        return count <= _rest.Length ? (int)count : throw new DamagedDatabaseException($"{count} things in {_rest.Length} bytes");
    }

    public ReadOnlySpan<byte> LengthAndBytes() => Bytes(Count());

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _rest.Length) throw new DamagedDatabaseException("a row ends too early");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    public string Text()
    {
        var head = Varint();
        var isWide = (head & 1) == 1;
        var length = head >> 1;
        if (length > _rest.Length) throw new DamagedDatabaseException("a text is longer than its row");
        return isWide ? Wide(Bytes((int)length * 2)) : Encoding.Latin1.GetString(Bytes((int)length));
    }

    private static string Wide(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[bytes.Length / 2];
        for (var i = 0; i < characters.Length; i++)
            characters[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]);
        return new string(characters);
    }
}
