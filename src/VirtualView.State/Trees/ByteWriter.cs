using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace VirtualView.State.Trees;

/// <summary>Appends the parts of a row to a buffer that is used again for the next row.</summary>
internal sealed class ByteWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(64 << 10);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Reset() => _buffer.ResetWrittenCount();

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    public void Hash(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    /// <summary>LEB128: 7 bits a byte, the lowest first.</summary>
    public void Varint(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        var into = _buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            into[length++] = (byte)(value | 0x80);
        into[length++] = (byte)value;
        _buffer.Advance(length);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void LengthAndBytes(ReadOnlySpan<byte> bytes)
    {
        Varint(bytes.Length);
        Bytes(bytes);
    }

    /// <summary>Any string, also one that is not valid Unicode: a byte a character where all are Latin-1, else two.</summary>
    public void Text(string text)
    {
        var isWide = text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF');
        Varint(((long)text.Length << 1) | (isWide ? 1L : 0));
        if (isWide)
        {
            var wide = _buffer.GetSpan(text.Length * 2);
            for (var i = 0; i < text.Length; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(wide[(i * 2)..], text[i]);
            _buffer.Advance(text.Length * 2);
        }
        else
        {
            _buffer.Advance(Encoding.Latin1.GetBytes(text, _buffer.GetSpan(text.Length)));
        }
    }
}
