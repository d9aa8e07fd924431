using System.Diagnostics;
using System.Text.Json;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Daemon;

/// <summary>
/// A daemon of its own process with one mount, and its state, which outlives the daemon: it can be stopped, killed and
/// started again.
/// </summary>
internal sealed class MountedView : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HostFolder _folder = new();
    private readonly string _address;
    private string? _configuration;
    private Process? _process;
    private Task<string>? _errors;

    private MountedView(string address) => _address = address;

    public string MountPoint => Path.Combine(_folder.Path, "mnt");

    public int ProcessId => _process!.Id;

    /// <summary>Further variables of the environment of daemon and commands.</summary>
    public Dictionary<string, string> MoreVariables { get; } = [];

    /// <summary>Further options of <c>mount</c>, from the next start on.</summary>
    public List<string> MoreArguments { get; } = [];

    private Dictionary<string, string> Variables => new(MoreVariables)
    {
        ["XDG_STATE_HOME"] = Path.Combine(_folder.Path, "state"),
        ["XDG_CACHE_HOME"] = Path.Combine(_folder.Path, "cache"),
        ["XDG_RUNTIME_DIR"] = RuntimeFolder,
        ["XDG_CONFIG_HOME"] = Path.Combine(_folder.Path, "config"),
    };

    public static async Task<MountedView> MountAsync(Uri address) => await MountAsync(address.ToString());

    public static async Task<MountedView> MountReadOnlyAsync(Uri address)
    {
        var view = NotYetMounted(address.ToString());
        view.MoreArguments.Add("--read-only");
        await view.StartAsync();
        return view;
    }

    public static async Task<MountedView> MountAsync(string address)
    {
        var view = NotYetMounted(address);
        await view.StartAsync();
        return view;
    }

    /// <summary>Has a mount point already, for those who must know it before there is something to mount.</summary>
    public static MountedView NotYetMounted(string address)
    {
        var view = new MountedView(address);
        Directory.CreateDirectory(view.MountPoint);
        Directory.CreateDirectory(view.RuntimeFolder);
        return view;
    }

    /// <summary>Mounts by a configuration file: <c>MNT</c> and <c>STATE</c> in it stand for folders of this view.</summary>
    public static async Task<MountedView> MountConfiguredAsync(string json)
    {
        var view = NotYetMounted("");
        var file = Path.Combine(view._folder.Path, "appsettings.json");
        await File.WriteAllTextAsync(file, json
            .Replace("\"MNT\"", JsonSerializer.Serialize(view.MountPoint), StringComparison.Ordinal)
            .Replace("\"STATE\"", JsonSerializer.Serialize(Path.Combine(view._folder.Path, "state", "view")), StringComparison.Ordinal));
        view._configuration = file;
        await view.StartAsync();
        return view;
    }

    /// <summary>Starts the daemon, with the state that an earlier one left, and waits until it is mounted.</summary>
    public async Task StartAsync()
    {
        string[] arguments = _configuration is { } file ? ["mount", "--config", file] : ["mount", _address, MountPoint];
        var start = new ProcessStartInfo(Executable.Path, [.. arguments, .. MoreArguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException("the daemon did not start");
        _errors = _process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var line = await _process.StandardOutput.ReadLineAsync(patience.Token);
        if (line is null) throw new InvalidOperationException($"the daemon ended: {await _errors}");
        Assert.Matches($"^mounted .+ at {MountPoint}$", line);
    }

    /// <summary>Asks the daemon to end, as <c>systemctl stop</c> does, and expects a clean end.</summary>
    public Task StopAsync() => StopAsync("TERM");

    /// <summary>Sends a signal on which the daemon must end cleanly.</summary>
    public async Task StopAsync(string signal)
    {
        (await Command.RunAsync("kill", "-s", signal, $"{ProcessId}")).Succeeded();
        Assert.Equal(0, await EndedAsync());
        Assert.False(IsMounted, "the mount is still there");
    }

    /// <summary>Takes the daemon away at once; the mount stays behind, dead.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await EndedAsync();
    }

    /// <summary>A configuration of the address and the mount point, with more sections, from the next start on.</summary>
    public void Configure(string more)
    {
        _configuration = Path.Combine(_folder.Path, "appsettings.json");
        File.WriteAllText(_configuration, $$"""
            { "VirtualView": {
                "View": { "Name": "configured", "MountPoint": "{{MountPoint}}", "StateDirectory": "{{_folder.Path}}/state/configured" },
                "Sources": { "web": { "Kind": "Http", "Url": "{{_address}}" } },
                "Mappings": [ { "At": "/", "Sources": [ "web" ] } ],
                {{more}} } }
            """);
    }

    /// <summary>Where the folders of state lie when there is no configuration.</summary>
    public string StateFolders => Path.Combine(_folder.Path, "state", "virtualview");

    /// <summary>Where commands look for the daemon: <c>XDG_RUNTIME_DIR</c>.</summary>
    public string RuntimeFolder => Path.Combine(_folder.Path, "run");

    /// <summary>Where blocks are kept when there is no configuration.</summary>
    public string CacheFolder => Path.Combine(_folder.Path, "cache");

    public bool IsMounted => File.ReadAllLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == MountPoint);

    public async Task<int> EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public string At(string path) => Path.Combine(MountPoint, path);

    /// <summary>Runs a line of shell in the daemon's environment.</summary>
    public Task<CommandResult> ShellAsync(string line) => Command.RunAsync(Variables, "bash", "-c", line);

    /// <summary>Runs a <c>virtualview</c> command that finds this daemon.</summary>
    public Task<CommandResult> VirtualViewAsync(params string[] arguments) => Command.RunAsync(Variables, Executable.Path, arguments);

    public async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse((await VirtualViewAsync("status", MountPoint, "--json")).Succeeded()).RootElement;

    /// <summary>Waits for what the daemon does after it has answered, such as storing blocks.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await holds())
            Assert.False(patience.IsCancellationRequested, $"not within {Patience}: {what}; {await StatusAsync()}");
    }

    /// <summary>Lets the daemon see now what has changed at the sources.</summary>
    public async Task SyncAsync() => (await VirtualViewAsync("sync", MountPoint)).Succeeded();

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) _process.Kill();
        if (_process is not null) await EndedAsync();
        if (IsMounted) await Command.RunAsync("umount", "--lazy", MountPoint);
        _process?.Dispose();
        _folder.Dispose();
    }
}
