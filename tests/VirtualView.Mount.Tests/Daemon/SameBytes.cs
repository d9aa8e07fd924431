namespace VirtualView.Mount.Tests.Daemon;

/// <summary>Compares content: where the first difference is says more than a dump of both.</summary>
internal static class SameBytes
{
    public static void Check(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> read)
    {
        var common = expected.Span.CommonPrefixLength(read.Span);
        Assert.True(common == expected.Length && common == read.Length, $"first difference at {common} of {expected.Length}; {read.Length} bytes were read");
    }
}
