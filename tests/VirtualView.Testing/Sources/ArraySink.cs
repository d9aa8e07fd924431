using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources;

/// <summary>Takes a range into memory and refuses what the contract forbids.</summary>
/// <param name="length">Of the range.</param>
/// <param name="mostBytesAtOnce">What <see cref="Next"/> offers at most.</param>
public sealed class ArraySink(int length, int mostBytesAtOnce = int.MaxValue) : IRangeSink
{
    private readonly byte[] _bytes = new byte[length];

    /// <summary>Called after each advance, with the bytes advanced over so far.</summary>
    public Action<int>? Advanced { get; init; }

    /// <summary>Whether the reader takes the answer; by default any.</summary>
    public Func<Validator, bool> Accepts { get; init; } = _ => true;

    /// <summary>What the source said of its content, once it did.</summary>
    public Validator? Answer { get; private set; }

    public int FilledBytes { get; private set; }

    public ReadOnlySpan<byte> Filled => _bytes.AsSpan(0, FilledBytes);

    public Memory<byte> Next => _bytes.AsMemory(FilledBytes, Math.Min(mostBytesAtOnce, _bytes.Length - FilledBytes));

    public bool Accept(Validator answer)
    {
        if (Answer is not null) throw new InvalidOperationException("a source asks once");
        Answer = answer;
        return Accepts(answer);
    }

    public void Advance(int bytes)
    {
        if (Answer is null) throw new InvalidOperationException("a source asks before its first byte");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Next.Length);
        FilledBytes += bytes;
        Advanced?.Invoke(FilledBytes);
    }
}
