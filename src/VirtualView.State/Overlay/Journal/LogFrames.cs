using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// SQLite's log as it lies on the disk (https://sqlite.org/walformat.html): a header, and frames of a page each, whose
/// checksums are a chain. Each link can be checked alone, from the checksum that stands in the frame before: so frames
/// behind a damaged one prove themselves too.
/// </summary>
internal sealed class LogFrames
{
    public const int PageBytes = 4096;

    private const int HeaderBytes = 32;
    private const int FrameBytes = FrameHeaderBytes + PageBytes;
    private const int FrameHeaderBytes = 24;
    private const uint Magic = 0x377f0682; // its last bit: checksums are over big-endian words
    private const int SaltAt = 16;
    private const int HeaderSumAt = 24;
    private const int FrameSaltAt = 8;
    private const int FrameSumAt = 16;

    private readonly byte[] _bytes;
    private readonly bool _isBigEndian;
    private readonly bool _hasHeader;

    private LogFrames(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < HeaderBytes) return;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        _isBigEndian = magic == (Magic | 1);
        _hasHeader = (magic & ~1u) == Magic && Sum(0, bytes.AsSpan(0, HeaderSumAt)) == SumAt(HeaderSumAt);
        Count = (bytes.Length - HeaderBytes) / FrameBytes;
    }

    /// <summary>Frames for which the file is long enough.</summary>
    public int Count { get; }

    /// <summary>The salt of what SQLite would replay; null when it would replay nothing.</summary>
    public ulong? Salt => _hasHeader ? MemoryMarshal.Read<ulong>(_bytes.AsSpan(SaltAt)) : null;

    public static LogFrames Read(string log) => new(File.Exists(log) ? File.ReadAllBytes(log) : []);

    /// <summary>Frames that SQLite replays: those of the unbroken chain, up to the last commit.</summary>
    public int Replayed()
    {
        var replayed = 0;
        for (var frame = 1; Salt is { } salt && frame <= Count && IsProven(frame, salt); frame++)
        {
            if (DatabasePagesAfter(frame) > 0) replayed = frame;
        }

        return replayed;
    }

    /// <param name="frame">From 1.</param>
    /// <param name="salt">Of the filling that it must be of.</param>
    public bool IsProven(int frame, ulong salt)
    {
        var at = Start(frame);
        if (MemoryMarshal.Read<ulong>(_bytes.AsSpan(at + FrameSaltAt)) != salt) return false;
        var before = frame == 1 ? SumAt(HeaderSumAt) : SumAt(Start(frame - 1) + FrameSumAt);
        return Sum(Sum(before, _bytes.AsSpan(at, FrameSaltAt)), Page(frame)) == SumAt(at + FrameSumAt);
    }

    public uint PageNumber(int frame) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(Start(frame)));

    /// <summary>The size of the database with this frame, if a commit ends with it; else 0.</summary>
    public uint DatabasePagesAfter(int frame) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(Start(frame) + 4));

    public ReadOnlySpan<byte> Page(int frame) => _bytes.AsSpan(Start(frame) + FrameHeaderBytes, PageBytes);

    private static int Start(int frame) => HeaderBytes + ((frame - 1) * FrameBytes);

    private ulong SumAt(int offset) => BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(offset));

    /// <summary>Two sums of 32 bits that feed each other, the first in the upper half.</summary>
    private ulong Sum(ulong before, ReadOnlySpan<byte> bytes)
    {
        var (first, second) = ((uint)(before >> 32), (uint)before);
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        var isForeign = _isBigEndian == BitConverter.IsLittleEndian;
        for (var word = 0; word < words.Length; word += 2)
        {
            first += (isForeign ? BinaryPrimitives.ReverseEndianness(words[word]) : words[word]) + second;
            second += (isForeign ? BinaryPrimitives.ReverseEndianness(words[word + 1]) : words[word + 1]) + first;
        }

        return ((ulong)first << 32) | second;
    }
}
