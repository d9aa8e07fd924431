using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Tests.Generators;

namespace VirtualView.Core.Tests.Paths;

public sealed class PathNameTests
{
    [Fact]
    public void A_name_is_legal_as_the_kernel_has_it() =>
        NameGen.Bytes.Sample(bytes =>
        {
            var isLegal = bytes.Length is >= 1 and <= 255 && !bytes.Contains((byte)'/') && !bytes.Contains((byte)0)
                && !bytes.AsSpan().SequenceEqual("."u8) && !bytes.AsSpan().SequenceEqual(".."u8);
            return PathName.TryCreate(bytes, out var name) == isLegal
                && name.IsEmpty == !isLegal
                && (!isLegal || name.Bytes.SequenceEqual(bytes));
        });

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void What_would_lead_elsewhere_is_no_name(string text) => Assert.Throws<ArgumentException>(() => PathName.Of(text));

    [Fact]
    public void The_limit_is_in_bytes_not_in_characters()
    {
        Assert.Equal(255, PathName.Of(new string('x', 255)).Bytes.Length);
        Assert.Throws<ArgumentException>(() => PathName.Of(new string('ü', 128)));
    }

    [Fact]
    public void Order_and_equality_are_those_of_the_bytes() =>
        Gen.Select(NameGen.Name, NameGen.Name).Sample((a, b) =>
        {
            var order = a.Bytes.SequenceCompareTo(b.Bytes);
            Assert.Equal(Math.Sign(order), Math.Sign(a.CompareTo(b)));
            Assert.Equal((order == 0, order != 0), (a == b, a != b));
            Assert.Equal((order < 0, order <= 0, order > 0, order >= 0), (a < b, a <= b, a > b, a >= b));
            if (order == 0) Assert.Equal(a.GetHashCode(), b.GetHashCode());
        });

    [Fact]
    public void A_name_does_not_follow_the_buffer_it_was_made_from()
    {
        byte[] buffer = [(byte)'a'];
        var name = PathName.Create(buffer);
        buffer[0] = (byte)'/';
        Assert.Equal("a", name.ToString());
    }

    [Fact]
    public void The_name_of_a_root_is_empty_and_equal_to_itself()
    {
        Assert.True(default(PathName).IsEmpty);
        Assert.Equal(default, default(PathName));
        Assert.NotEqual(default, PathName.Of("a"));
    }
}
