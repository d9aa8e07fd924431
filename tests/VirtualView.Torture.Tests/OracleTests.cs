using VirtualView.Torture.Tests.Content;

namespace VirtualView.Torture.Tests;

public sealed class OracleTests
{
    private const int Version = 3;
    private const int Newest = 5;
    private const long Offset = 1_003; // in the middle of a word

    private readonly byte[] _read = new byte[5_000];

    public OracleTests() => FileContent.Fill(1, Version, Offset, _read);

    [Fact]
    public void What_is_right_is_not_complained_of() => Assert.Null(Mistake());

    [Fact]
    public void A_single_bit_is_seen()
    {
        _read[4_000] ^= 4;
        Assert.Contains("wrong at 5003 ", Mistake(), StringComparison.Ordinal);
        Assert.EndsWith("of no version", Mistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_another_version_are_named()
    {
        FileContent.Fill(1, Newest, Offset + 2_000, _read.AsSpan(2_000, 1_000));
        Assert.EndsWith("of version 5", Mistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hole_is_named()
    {
        _read.AsSpan(100, 300).Clear();
        Assert.EndsWith("a hole", Mistake(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_tells_the_version()
    {
        for (var file = 0; file < SourceWorld.Files; file++)
        {
            Assert.Equal(Version, SourceWorld.VersionOf(file, SourceWorld.SizeOf(file, Version)));
            Assert.Equal(0, SourceWorld.VersionOf(file, SourceWorld.SizeOf(file, Version) + 1));
        }
    }

    private string? Mistake() => FileContent.Mistake(1, Version, Offset, _read, Newest);
}
