using VirtualView.Core.Sources;

namespace VirtualView.Testing.Sources;

/// <summary>Takes a range into memory and refuses what the contract forbids.</summary>
/// <param name="length">Of the range.</param>
/// <param name="mostBytesAtOnce">What <see cref="Next"/> offers at most.</param>
public sealed class ArraySink(int length, int mostBytesAtOnce = int.MaxValue) : IRangeSink
{
    private readonly byte[] _bytes = new byte[length];

    /// <summary>Called after each advance, with the bytes advanced over so far.</summary>
    public Action<int>? Advanced { get; init; }

    public int FilledBytes { get; private set; }

    public ReadOnlySpan<byte> Filled => _bytes.AsSpan(0, FilledBytes);

    public Memory<byte> Next => _bytes.AsMemory(FilledBytes, Math.Min(mostBytesAtOnce, _bytes.Length - FilledBytes));

    public void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Next.Length);
        FilledBytes += bytes;
        Advanced?.Invoke(FilledBytes);
    }
}
