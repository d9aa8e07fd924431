using System.Diagnostics;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>A file system in the memory of a child process: it fails when it is told to, and records what is written to it.</summary>
internal sealed class DiskHost : IAsyncDisposable
{
    private readonly HostFolder _folder = new();
    private readonly Process _process;

    private DiskHost()
    {
        Directory.CreateDirectory(Folder);
        _process = Command.Start(Path.Join(AppContext.BaseDirectory, "VirtualView.Fuse.TestHost"), Folder, "writable", $"recording={Recording}");
    }

    /// <summary>Where it is mounted.</summary>
    public string Folder => Path.Combine(_folder.Path, "disk");

    /// <summary>What was written so far, in the format of the host's <c>WriteRecording</c>.</summary>
    public string Recording => Path.Combine(_folder.Path, "recording");

    public static async Task<DiskHost> MountAsync()
    {
        var host = new DiskHost();
        Assert.StartsWith("mounted ", await host.ReadLineAsync(), StringComparison.Ordinal);
        return host;
    }

    public async Task SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        Assert.Equal("set", await ReadLineAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Command.EndAsync(_process);
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Command.Patience) ?? "";
}
