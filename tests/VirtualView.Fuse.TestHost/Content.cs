namespace VirtualView.Fuse.TestHost;

/// <summary>Bytes that follow from seed and offset alone, at the speed of a copy, so that any reader can check any read.</summary>
public static class Content
{
    /// <summary>A prime: no aligned block equals another near it.</summary>
    private const int PatternBytes = 1_048_573;

    private static readonly byte[] Pattern = MakePattern();

    public static void Fill(int seed, long offset, Span<byte> into)
    {
        var at = (int)((offset + ((long)seed * 7919)) % PatternBytes);
        while (!into.IsEmpty)
        {
            var run = Math.Min(into.Length, PatternBytes - at);
            Pattern.AsSpan(at, run).CopyTo(into);
            into = into[run..];
            at = 0;
        }
    }

    public static byte[] Bytes(int seed, long offset, int count)
    {
        var bytes = new byte[count];
        Fill(seed, offset, bytes);
        return bytes;
    }

    private static byte[] MakePattern()
    {
        var pattern = new byte[PatternBytes];
        new Random(20_250_101).NextBytes(pattern);
        return pattern;
    }
}
