using VirtualView.Cli.Tests.Support;
using Run = VirtualView.Cli.Tests.Support.Executable;

namespace VirtualView.Cli.Tests.Executable;

/// <summary>An address that leads nowhere is told before anything is mounted, so none of these needs a kernel.</summary>
public sealed class WrongSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:1/exp/")]
    [InlineData("http://no-such-host.invalid/exp/")]
    [InlineData("file:///no/such/folder")]
    [InlineData("file:///etc/passwd")]
    public async Task The_reason_is_one_line_and_the_code_1(string address)
    {
        var mountPoint = Directory.CreateDirectory(Path.Combine(_folder.Path, "mnt")).FullName;
        foreach (var background in new string[][] { [], ["--background"] })
        {
            var result = await Run.RunAsync(_folder, ["mount", .. background, address, mountPoint]);
            Assert.Equal((ExitCode.Failed, ""), (result.Code, result.Output));
            Assert.StartsWith("virtualview: nothing to mount: the source 'source' ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        }
    }
}
