using System.Text;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using Xunit;

namespace VirtualView.Testing.Sources;

public abstract partial class SourceConformanceTests
{
    /// <summary>Names as <see cref="ByteText"/> shows them.</summary>
    public static TheoryData<string> AwkwardNames =>
    [
        "with space", " leading", "trailing ", "100%", "%41", "%2F", "%zz", "a#b", "a?b", "a+b", "a&b;c=d", "&amp;",
        "<i>'\"", "a:b", "http:x", "back\\\\slash", "ünïcödé ✓", "e\u0301", "new\\x0Aline", "tab\\x09", "\\x01\\x7F",
        "\\xFF", "\\xC3", "ok\\xFE\\xFFend", "-rf", "*", "~", "a@b", "[1]", "{2}", "x.", "..x", "...", "index.json",
    ];

    [Theory]
    [MemberData(nameof(AwkwardNames))]
    public async Task Any_name_is_listed_and_read(string shown)
    {
        var name = PathName.Create(ByteText.Parse(shown));
        if (!CanServe(name)) return;
        var content = Encoding.UTF8.GetBytes(shown);
        // nginx does not list names that begin with a dot; the others must be there.
        if (name.Bytes[0] != '.')
            await Check(VirtualPath.Root / name, content);
        await Check(VirtualPath.Root / name / PathName.Of("below"), content);
    }

    [Fact]
    public async Task The_longest_name_is_listed_and_read()
    {
        var longest = PathName.Create(Enumerable.Repeat((byte)0xE9, PathName.MaxBytes).ToArray());
        if (!CanServe(longest)) longest = PathName.Of(new string('x', PathName.MaxBytes));
        await Check(VirtualPath.Root / longest, "long"u8.ToArray());
    }

    [Fact]
    public async Task Names_that_differ_only_in_escaping_or_normal_form_are_two_files()
    {
        foreach (var (name, content) in new[] { ("%41", "escaped"), ("A", "plain"), ("\u00E9", "composed"), ("e\u0301", "decomposed") })
            Put($"/{name}", Encoding.UTF8.GetBytes(content));
        Assert.Equal(4, Got(await Source.ListAsync(VirtualPath.Root, Cancel)).Count);
        Assert.Equal("escaped"u8.ToArray(), await Read(At("/%41"), 0, 7));
        Assert.Equal("plain"u8.ToArray(), await Read(At("/A"), 0, 5));
        Assert.Equal("composed"u8.ToArray(), await Read(At("/\u00E9"), 0, 8));
        Assert.Equal("decomposed"u8.ToArray(), await Read(At("/e\u0301"), 0, 10));
    }

    private async Task Check(VirtualPath path, byte[] content)
    {
        _harness.PutFile(path, content, Old);
        Assert.Contains(path.Name, Got(await Source.ListAsync(path.Parent, Cancel)).Select(entry => entry.Name));
        var stat = Got(await Source.StatAsync(path, Cancel));
        Assert.Equal((path.Name, EntryKind.File), (stat.Name, stat.Kind));
        Assert.Equal(content, await Read(path, 0, content.Length));
        _harness.Remove(path);
    }
}
