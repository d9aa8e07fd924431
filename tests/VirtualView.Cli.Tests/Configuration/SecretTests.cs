using VirtualView.Cli.Configuration.Values;
using VirtualView.Cli.Tests.Support;

namespace VirtualView.Cli.Tests.Configuration;

public sealed class SecretTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_literal_one_is_refused_with_the_reason_and_never_repeated()
    {
        var mistake = Assert.Single(HeaderMistakes("Authorization", "Bearer hunter2"));
        Assert.StartsWith("Sources.web.Headers.Authorization: a literal secret is refused, because", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("Cookie")]
    [InlineData("private-token")]
    public void Headers_that_usually_carry_one_take_no_literal(string header) => Assert.Single(HeaderMistakes(header, "hunter2"));

    [Fact]
    public void Other_headers_take_text() => Assert.Empty(HeaderMistakes("User-Agent", "beamline 7"));

    [Fact]
    public void Headers_that_a_read_depends_on_are_refused() => Assert.Single(HeaderMistakes("Range", "bytes=0-1"));

    [Fact]
    public void A_password_in_an_address_is_refused_and_never_repeated()
    {
        var mistake = Assert.Single(Configurations.MistakesAfter(section => section["Sources"]!["web"]!["Url"] = "http://me:hunter2@host/"));
        Assert.Contains("a literal secret is refused", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_not_set_is_a_mistake() =>
        Assert.Contains("VV_TEST_NOT_SET is not set", Assert.Single(HeaderMistakes("Authorization", "env:VV_TEST_NOT_SET")), StringComparison.Ordinal);

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_reach_is_refused(UnixFileMode extra)
    {
        var file = _folder.File("token", "hunter2");
        File.SetUnixFileMode(file, OwnerOnly | extra);
        Assert.Contains($"chmod 600 {file}", Assert.Single(HeaderMistakes("Authorization", $"file:{file}")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_owner_alone_gives_its_text_without_the_line_end()
    {
        var file = _folder.File("token", "Bearer abc\n");
        File.SetUnixFileMode(file, OwnerOnly);
        Assert.Empty(HeaderMistakes("Authorization", $"file:{file}"));
        Assert.True(new HeaderValue($"file:{file}").TryResolve(out var value, out _));
        Assert.Equal("Bearer abc", value);
    }

    [Fact]
    public void A_value_of_two_lines_is_refused_because_a_header_is_one()
    {
        var file = _folder.File("token", "a\r\nX-Injected: b");
        File.SetUnixFileMode(file, OwnerOnly);
        Assert.Contains("control character", Assert.Single(HeaderMistakes("Authorization", $"file:{file}")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake() =>
        Assert.Contains("cannot be read", Assert.Single(HeaderMistakes("Authorization", $"file:{_folder.Path}/none")), StringComparison.Ordinal);

    private static string[] HeaderMistakes(string header, string value) =>
        Configurations.MistakesAfter(section => section["Sources"]!["web"]!["Headers"] = new System.Text.Json.Nodes.JsonObject { [header] = value });
}
