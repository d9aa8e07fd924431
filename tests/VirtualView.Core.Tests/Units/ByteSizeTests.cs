using CsCheck;
using VirtualView.Core.Units;

namespace VirtualView.Core.Tests.Units;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("0", 0)]
    [InlineData("7 B", 7)]
    [InlineData("256 KiB", 256L << 10)]
    [InlineData(" 1.5GiB ", 3L << 29)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData("3kB", 3000)]
    [InlineData("2 TiB", 2L << 40)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("8388607.5 TiB", (8388607L << 40) + (1L << 39))]
    public void Sizes_are_read_as_people_write_them(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal(bytes, size.Bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("-1")]
    [InlineData("1 KB")]
    [InlineData("1 kib")]
    [InlineData("1 MiB MiB")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("9223372036854775808")]
    [InlineData("8388608 TiB")]
    [InlineData("79228162514264337593543950335 TiB")]
    public void What_is_no_size_is_refused(string? text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(256L << 10, "256 KiB")]
    [InlineData(3L << 40, "3 TiB")]
    public void Sizes_are_shown_in_the_largest_unit_that_fits(long bytes, string text) => Assert.Equal(text, new ByteSize(bytes).ToString());

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1_000_001, "1000001 B")]
    [InlineData(200_000_000_000, "200 GB")]
    [InlineData(3L << 29, "1536 MiB")]
    [InlineData(1_024_000_000_000, "1024 GB")]
    [InlineData(1000L << 10, "1000 KiB")]
    public void Sizes_are_shown_exactly_in_the_largest_unit_that_divides_them(long bytes, string text) =>
        Assert.Equal(text, new ByteSize(bytes).ToExactString());

    [Fact]
    public void What_is_shown_exactly_is_read_back_as_it_was() =>
        Gen.Long[0, long.MaxValue].Sample(bytes => ByteSize.TryParse(new ByteSize(bytes).ToExactString(), out var read) && read.Bytes == bytes);

    [Fact]
    public void What_is_shown_is_read_back_within_a_hundredth_of_its_unit() =>
        Gen.Long[0, 1L << 60].Sample(bytes =>
            ByteSize.TryParse(new ByteSize(bytes).ToString(), out var read) && Math.Abs(read.Bytes - bytes) <= Math.Max(0, bytes / 100));
}
