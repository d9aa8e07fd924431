using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace VirtualView.Tools.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task The_program_says_where_it_listens_obeys_both_controls_and_ends_on_SIGTERM_with_its_counters()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = new ByteServer();
        using var program = Start("--to", server.Endpoint.ToString(), "--control", "127.0.0.1:0", "--rtt", "1ms");
        var link = Address(await program.StandardOutput.ReadLineAsync(cancel), "listening ");
        var control = Address(await program.StandardOutput.ReadLineAsync(cancel), "control ");
        using var client = await ByteClient.ConnectAsync(link, cancel);
        Assert.Equal(new Answer(1000, 0, Ending.Open), await client.AskAsync(1000, cancel));

        await program.StandardInput.WriteLineAsync("corrupt once");
        Assert.Equal("ok", await program.StandardOutput.ReadLineAsync(cancel));
        Assert.Equal(1, (await client.AskAsync(1000, cancel)).Wrong);
        using (var tcp = new TcpClient())
        {
            await tcp.ConnectAsync(control, cancel);
            using var reader = new StreamReader(tcp.GetStream());
            await using var writer = new StreamWriter(tcp.GetStream()) { AutoFlush = true };
            await writer.WriteLineAsync("reset");
            Assert.Equal("ok", await reader.ReadLineAsync(cancel));
        }
        Assert.Equal(Ending.Reset, (await client.ReadAsync(1, cancel)).Ending);

        using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]);
        await program.WaitForExitAsync(cancel);
        Assert.Equal(0, program.ExitCode);
        var stats = JsonDocument.Parse(await program.StandardOutput.ReadToEndAsync(cancel)).RootElement;
        Assert.Equal(2000, stats.GetProperty("downBytes").GetInt64());
        Assert.Equal(1, stats.GetProperty("resets").GetInt64());
    }

    [Theory]
    [InlineData("--rtt", "30ms")]
    [InlineData("--to", "nowhere")]
    [InlineData("--to", "127.0.0.1:1", "--rtt", "soon")]
    [InlineData("--to", "127.0.0.1:1", "--bandwidth")]
    public async Task Wrong_arguments_are_explained_with_exit_code_2(params string[] args)
    {
        using var program = Start(args);
        var error = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, program.ExitCode);
        Assert.Contains("usage: testlink", error, StringComparison.Ordinal);
    }

    private static Process Start(params string[] args) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "testlink"), args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static IPEndPoint Address(string? line, string prefix)
    {
        Assert.StartsWith(prefix, line, StringComparison.Ordinal);
        return IPEndPoint.Parse(line![prefix.Length..]);
    }
}
