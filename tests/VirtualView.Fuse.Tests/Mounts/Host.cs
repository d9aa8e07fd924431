using System.Diagnostics;
using System.Globalization;
using VirtualView.Fuse.Native;
using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts;

/// <summary>A child process that serves a mount; this process only uses it. Disposal leaves nothing mounted.</summary>
internal sealed class Host : IAsyncDisposable
{
    private readonly Process _process;
    private readonly bool _ownsFolder;

    private Host(Process process, string mountPoint, bool ownsFolder) =>
        (_process, MountPoint, _ownsFolder) = (process, mountPoint, ownsFolder);

    public string MountPoint { get; }

    /// <summary>What the host said first: <c>mounted DIR</c>, or why not.</summary>
    public string Greeting { get; private set; } = "";

    public static async Task<Host> StartAsync(params string[] options) => await StartAtAsync(CreateFolder(), ownsFolder: true, [], options);

    /// <param name="prefix">A program that runs the host, with its arguments.</param>
    public static async Task<Host> StartAtAsync(string mountPoint, bool ownsFolder, string[] prefix, params string[] options)
    {
        Assert.SkipUnless(File.Exists("/dev/fuse"), "there is no /dev/fuse");
        string[] command = [.. prefix, Path.Join(AppContext.BaseDirectory, "VirtualView.Fuse.TestHost"), mountPoint, .. options];
        var process = Command.Start(command[0], command[1..]);
        var host = new Host(process, mountPoint, ownsFolder);
        process.ErrorDataReceived += (_, line) => host.Log(line.Data);
        process.BeginErrorReadLine();
        host.Greeting = await host.ReadLineAsync();
        return host;
    }

    public static string CreateFolder() => Directory.CreateTempSubdirectory("virtualview-mount-").FullName;

    public string At(string name) => Path.Join(MountPoint, name);

    public async Task<string> SendAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await ReadLineAsync();
    }

    public async Task<long> CountAsync(string what) => long.Parse(await SendAsync($"count {what}"), CultureInfo.InvariantCulture);

    /// <summary>SIGKILL, without a chance to unmount.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Command.Patience);
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Command.Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close(); // the host unmounts and ends
            try
            {
                await WaitForExitAsync();
            }
            catch (TimeoutException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
        while (LibC.Unmount(MountPoint, LibC.UnmountDetach) == 0)
        {
            // what a killed host left behind
        }

        if (_ownsFolder) Directory.Delete(MountPoint);
    }

    private async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Command.Patience) ?? "";

    private void Log(string? line)
    {
        if (line is not null) TestContext.Current.TestOutputHelper?.WriteLine(line);
    }
}
