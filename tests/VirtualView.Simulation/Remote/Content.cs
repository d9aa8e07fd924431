using System.Buffers.Binary;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Remote;

/// <summary>
/// The bytes of one file at one time: a function of the content's number, so that they tell which content they are of.
/// None of them is zero.
/// </summary>
public sealed class Content
{
    public Content(int number, int sizeBytes)
    {
        Number = number;
        var bytes = new byte[sizeBytes];
        Span<byte> word = stackalloc byte[8];
        for (var at = 0; at < sizeBytes; at += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, SeededRandom.Mix(((ulong)number << 32) + (ulong)at + 1));
            word[..Math.Min(8, sizeBytes - at)].CopyTo(bytes.AsSpan(at));
        }

        bytes.AsSpan().Replace((byte)0, (byte)0xA5);
        Bytes = bytes;
    }

    public int Number { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public int SizeBytes => Bytes.Length;

    /// <summary>True when these are its bytes there. No bytes match anywhere.</summary>
    public bool Matches(long offset, ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty || (offset >= 0 && offset + bytes.Length <= SizeBytes && Bytes.Span.Slice((int)offset, bytes.Length).SequenceEqual(bytes));

    public override string ToString() => $"content {Number} ({SizeBytes} B)";
}
