using System.Runtime.InteropServices;

namespace VirtualView.Torture.Tests.Content;

/// <summary>
/// What every byte of every version of every file is: a function of file, version and offset, so that whatever a reader
/// gets can be checked without anything to compare with, and tells which version it is of.
/// </summary>
internal static class FileContent
{
    private const int WordBytes = 8;

    public static void Fill(int file, int version, long offset, Span<byte> into)
    {
        Span<byte> word = stackalloc byte[WordBytes];
        while (!into.IsEmpty)
        {
            var skip = (int)(offset % WordBytes);
            if (skip == 0 && into.Length >= WordBytes)
            {
                var words = MemoryMarshal.Cast<byte, ulong>(into);
                FillWords(Seed(file, version), (ulong)offset / WordBytes, words);
                offset += words.Length * WordBytes;
                into = into[(words.Length * WordBytes)..];
                continue;
            }

            var value = Mix(Seed(file, version) + ((ulong)offset / WordBytes));
            MemoryMarshal.Write(word, value);
            var count = Math.Min(WordBytes - skip, into.Length);
            word.Slice(skip, count).CopyTo(into);
            offset += count;
            into = into[count..];
        }
    }

    /// <summary>Says where the first wrong byte is and whose it could be; null when all are right.</summary>
    public static string? Mistake(int file, int version, long offset, ReadOnlySpan<byte> read, int newest)
    {
        var expected = new byte[read.Length];
        Fill(file, version, offset, expected);
        var same = read.CommonPrefixLength(expected);
        if (same == read.Length) return null;
        var rest = read[same..Math.Min(read.Length, same + 64)];
        var whose = rest.IndexOfAnyExcept((byte)0) < 0 ? "a hole" : "of no version";
        for (var other = 1; other <= newest; other++)
        {
            Fill(file, other, offset + same, expected.AsSpan(0, rest.Length));
            if (rest.SequenceEqual(expected.AsSpan(0, rest.Length))) whose = $"of version {other}";
        }

        return $"file {file} version {version}: wrong at {offset + same} (read {offset}+{read.Length}), {whose}";
    }

    private static void FillWords(ulong seed, ulong first, Span<ulong> words)
    {
        for (var i = 0; i < words.Length; i++) words[i] = Mix(seed + first + (ulong)i);
    }

    private static ulong Seed(int file, int version) => Mix(((ulong)(uint)file << 32) | (uint)version);

    /// <summary>The finalizer of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
