using System.Text;
using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Tests.Generators;
using VirtualView.Testing;

namespace VirtualView.Core.Tests.Paths;

public sealed class ByteTextTests
{
    [Fact]
    public void Any_bytes_come_back_from_their_text() =>
        NameGen.Bytes.Sample(bytes => ByteText.Parse(ByteText.Show(bytes)).AsSpan().SequenceEqual(bytes), iter: PropertyRuns.Of(5000));

    [Fact]
    public void Different_bytes_have_different_texts() =>
        Gen.Select(NameGen.Bytes, NameGen.Bytes).Sample((a, b) => a.AsSpan().SequenceEqual(b) == (ByteText.Show(a) == ByteText.Show(b)));

    [Fact]
    public void Text_never_holds_a_control_character() =>
        NameGen.Bytes.Sample(bytes => !ByteText.Show(bytes).Any(char.IsControl));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("größe …", "größe …")]
    [InlineData("a\nb", @"a\x0Ab")]
    [InlineData(@"back\slash", @"back\\slash")]
    [InlineData("\uFFFD", @"\xEF\xBF\xBD")]
    public void Printable_text_stands_as_it_is(string name, string shown) =>
        Assert.Equal(shown, ByteText.Show(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void Bytes_that_are_no_text_are_escaped_one_by_one() => Assert.Equal(@"a\xFF\xC3(", ByteText.Show([(byte)'a', 0xFF, 0xC3, (byte)'(']));

    [Fact]
    public void A_cut_off_character_is_escaped() => Assert.Equal(@"\xE2\x82", ByteText.Show([0xE2, 0x82]));

    [Theory]
    [InlineData(@"\")]
    [InlineData(@"a\b")]
    [InlineData(@"\x4")]
    [InlineData(@"\x4G")]
    [InlineData(@"\x+1")]
    public void A_lonely_backslash_is_refused(string text) => Assert.Throws<FormatException>(() => ByteText.Parse(text));
}
