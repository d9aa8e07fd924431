using System.Diagnostics;
using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

/// <summary>Programs on a fixed snapshot, with a real daemon and a real server.</summary>
[Trait("Needs", "fuse")]
public sealed class RunTests : IAsyncLifetime
{
    private Remote? _remote;
    private MountedView? _view;
    private string _old = "";

    private Remote Remote => _remote!;

    private MountedView View => _view!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "/dev/fuse may be root's alone");
        _remote = await Remote.StartAsync();
        Remote.Put("/100K/f1.h5", 300_000, seed: 1);
        _view = await MountedView.MountAsync(Remote.Url);
        (await View.ShellAsync($"sha256sum < '{View.At("100K/f1.h5")}'")).Succeeded();
        await View.UntilAsync("all of it is cached", async () => (await View.StatusAsync()).GetProperty("cache").GetProperty("usedBytes").GetInt64() >= 300_000);
        _old = $"{(await View.StatusAsync()).GetProperty("snapshot").GetInt64()}";
        (await View.VirtualViewAsync("snapshots", "list", "--mount", View.MountPoint)).Succeeded(); // so it is recorded before anything else happens
        Remote.Put("/100K/f1.h5", 400_000, seed: 2);
        await View.SyncAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_view is not null) await _view.DisposeAsync();
        if (_remote is not null) await _remote.DisposeAsync();
    }

    [Fact]
    public async Task A_program_sees_the_snapshot_at_the_same_path_while_the_view_goes_on()
    {
        var inside = await RunAsync("--snapshot", _old, "--", "stat", "-c", "%s", View.At("100K/f1.h5"));
        Assert.Equal("300000\n", inside.Succeeded());
        Assert.Equal(400_000, new FileInfo(View.At("100K/f1.h5")).Length);
        var sums = await RunAsync("--snapshot", _old, "--", "sha256sum", View.At("100K/f1.h5"));
        Assert.StartsWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Remote.Noise(300_000, 1))), sums.Succeeded(), StringComparison.Ordinal);
        var elsewhere = Directory.CreateTempSubdirectory("virtualview-at-").FullName;
        Assert.Equal("f1.h5\n", (await RunAsync("--snapshot", _old, "--at", elsewhere, "--", "ls", $"{elsewhere}/100K")).Succeeded());
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
        Directory.Delete(elsewhere);
    }

    [Fact]
    public async Task What_a_program_writes_is_its_own_and_thrown_away_at_the_end()
    {
        var inside = await ShellInsideAsync(_old, "printf xy | dd of=100K/f1.h5 bs=1 seek=5 conv=notrunc status=none; echo new > 100K/new; mv 100K moved; ls moved; head -c 7 moved/f1.h5 | tail -c 2");
        Assert.Equal("f1.h5\nnew\nxy", inside.Succeeded());
        Assert.Equal("100K\n", (await View.ShellAsync($"ls '{View.MountPoint}'")).Succeeded());
        Assert.Equal("", (await View.VirtualViewAsync("diff", View.MountPoint)).Succeeded());
        await View.UntilAsync("the session is gone", () => Task.FromResult(Sessions().Length == 0));
    }

    [Fact]
    public async Task What_is_kept_can_be_gone_on_with_also_after_a_restart()
    {
        var first = await View.VirtualViewAsync("run", "--mount", View.MountPoint, "--keep", "--snapshot", _old, "--", "sh", "-c", $"echo mine > '{View.At("100K/new")}'");
        Assert.Equal(0, first.ExitCode);
        var name = Path.GetFileName(Assert.Single(Sessions()));
        Assert.Contains($"--session {name} ", first.Error, StringComparison.Ordinal);
        await View.KillAsync();
        await View.StartAsync();
        Assert.Equal("mine\n", (await RunAsync("--session", name, "--", "cat", View.At("100K/new"))).Succeeded());
        await View.UntilAsync("the session is gone", () => Task.FromResult(Sessions().Length == 0));
        Assert.Contains("no session of the name", (await RunAsync("--session", name, "--", "true")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_stays_when_the_next_program_could_not_be_run()
    {
        Assert.Equal(0, (await RunAsync("--keep", "--snapshot", _old, "--", "sh", "-c", $"echo mine > '{View.At("100K/new")}'")).ExitCode);
        var name = Path.GetFileName(Assert.Single(Sessions()));
        Assert.Equal(127, (await RunAsync("--session", name, "--", "no-such-program")).ExitCode);
        Directory.CreateDirectory(View.At("later"));
        Assert.Equal(1, (await View.ShellAsync($"cd '{View.At("later")}' && '{Executable.Path}' run --mount '{View.MountPoint}' --session {name} -- true")).ExitCode);
        await View.KillAsync();
        await View.StartAsync();
        Assert.Equal("mine\n", (await RunAsync("--session", name, "--", "cat", View.At("100K/new"))).Succeeded());
        await View.UntilAsync("the session is gone", () => Task.FromResult(Sessions().Length == 0));
        Assert.Equal(127, (await RunAsync("--keep", "--snapshot", _old, "--", "no-such-program")).ExitCode);
        await View.UntilAsync("nothing is kept of a program that was not run", () => Task.FromResult(Sessions().Length == 0));
    }

    [Fact]
    public async Task The_exit_code_is_that_of_the_program_and_what_cannot_be_run_is_one_line()
    {
        Assert.Equal(7, (await ShellInsideAsync(_old, "exit 7")).ExitCode);
        Assert.Equal(143, (await View.ShellAsync($"'{Executable.Path}' run --mount '{View.MountPoint}' --snapshot {_old} -- sh -c 'kill -TERM $$'")).ExitCode);
        var unknown = await RunAsync("--snapshot", _old, "--", "no-such-program");
        Assert.Equal((127, "virtualview: no-such-program cannot be run: No such file or directory\n"), (unknown.ExitCode, unknown.Error));
        Assert.Equal(126, (await RunAsync("--snapshot", _old, "--", "/etc/passwd")).ExitCode);
        var missing = await RunAsync("--snapshot", "99999", "--", "true");
        Assert.Equal((1, "virtualview: there is no snapshot 99999: see 'virtualview snapshots list'\n"), (missing.ExitCode, missing.Error));
        Assert.Equal(2, (await RunAsync("--", "true")).ExitCode);
        Assert.Equal(3, (await View.VirtualViewAsync("run", "--mount", "/nowhere", "--snapshot", "1", "--", "true")).ExitCode);
        Assert.Equal("a||b\n", (await RunAsync("--snapshot", _old, "--", "printf", "%s|%s|%s\\n", "a", "", "b")).Succeeded());
    }

    [Fact]
    public async Task A_session_whose_daemon_dies_leaves_nothing_and_fails_clearly()
    {
        // The program itself kills the daemon, so nobody has to wait for anybody.
        var inside = await ShellInsideAsync(_old, $"echo x > 100K/new; kill -KILL {View.ProcessId}; while cat 100K/new; do :; done");
        Assert.Matches("not connected|connection abort", inside.Error);
        Assert.Single(Sessions());
        await View.KillAsync();
        await View.StartAsync();
        Assert.Empty(Sessions());
        Assert.Equal("300000\n", (await RunAsync("--snapshot", _old, "--", "stat", "-c", "%s", View.At("100K/f1.h5"))).Succeeded());
    }

    [Fact]
    public async Task The_working_directory_is_that_of_the_snapshot()
    {
        var inside = await View.ShellAsync($"cd '{View.At("100K")}' && '{Executable.Path}' run --mount '{View.MountPoint}' --snapshot {_old} -- stat -c %s f1.h5");
        Assert.Equal("300000\n", inside.Succeeded());
    }

    [Fact]
    public async Task Status_shows_sessions_that_run_and_those_that_were_kept()
    {
        var inside = await RunAsync("--keep", "--snapshot", _old, "--", Executable.Path, "status", View.MountPoint, "--json");
        var running = Session(inside.Succeeded());
        Assert.Equal((View.MountPoint, true, true), (running.GetProperty("at").GetString(), running.GetProperty("isRunning").GetBoolean(), running.GetProperty("isKept").GetBoolean()));
        await View.UntilAsync("it rests", async () => !Session((await View.StatusAsync()).ToString()).GetProperty("isRunning").GetBoolean());
        var name = running.GetProperty("name").GetString();
        Assert.Contains($"'virtualview run --session {name} -- COMMAND'", (await View.VirtualViewAsync("status", View.MountPoint)).Succeeded(), StringComparison.Ordinal);
        await View.StopAsync();
        await View.StartAsync();
        var kept = Session((await View.ShellAsync($"cat '{View.At(".virtualview/status.json")}'")).Succeeded());
        Assert.Equal((name, false), (kept.GetProperty("name").GetString(), kept.GetProperty("isRunning").GetBoolean()));
        Assert.Equal(running.GetProperty("startedAt").GetDateTimeOffset(), kept.GetProperty("startedAt").GetDateTimeOffset());
        (await RunAsync("--session", name!, "--", "true")).Succeeded();
        await View.UntilAsync("it is thrown away", async () => (await View.StatusAsync()).GetProperty("sessions").GetArrayLength() == 0);
    }

    [Fact]
    public async Task A_program_may_have_as_many_files_open_as_whoever_called()
    {
        // The shell stays, for it has something to say after.
        var said = await View.ShellAsync($"ulimit -Sn 123; '{Executable.Path}' run --mount '{View.MountPoint}' --snapshot {_old} -- sh -c 'ulimit -Sn; ulimit -Hn'; ulimit -Hn");
        var limits = said.Succeeded().Split('\n');
        Assert.Equal("123", limits[0]);
        Assert.Equal(limits[2], limits[1]);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    public async Task A_limit_of_open_files_that_a_shell_sets_before_it_becomes_the_command_holds_for_the_program(int limit)
    {
        var said = await View.ShellAsync($"ulimit -n {limit}; exec '{Executable.Path}' run --mount '{View.MountPoint}' --snapshot {_old} -- sh -c 'ulimit -Sn; ulimit -Hn'");
        Assert.Equal($"{limit}\n{limit}\n", said.Succeeded());
    }

    [Fact]
    public async Task The_namespace_of_a_program_holds_no_copy_of_the_view_which_would_outlive_its_unmount()
    {
        var mounts = await ShellInsideAsync(_old, $"grep -c ' {View.MountPoint} ' /proc/self/mountinfo");
        Assert.Equal("1\n", mounts.Succeeded());
    }

    [Fact]
    public async Task A_daemon_ends_cleanly_while_a_program_waits_in_a_session()
    {
        using var program = Process.Start(new ProcessStartInfo(
            "unshare", ["--kill-child", "--fork", Executable.Path, "run", "--mount", View.MountPoint, "--snapshot", _old, "--", "sleep", "600"])
        {
            Environment = { ["XDG_RUNTIME_DIR"] = View.RuntimeFolder },
        })!;
        await View.UntilAsync("it runs", async () => (await View.StatusAsync()).GetProperty("sessions").GetArrayLength() == 1);
        await View.StopAsync();
        Assert.False(program.HasExited);
        program.Kill(entireProcessTree: true);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Sessions());
    }

    [Theory]
    [InlineData("status")]
    [InlineData("sync")]
    public async Task A_number_that_was_told_leads_to_its_snapshot_also_when_the_daemon_is_killed_at_once(string command)
    {
        Remote.Put("/100K/f1.h5", 500_000, seed: 3);
        await View.SyncAsync();
        var told = JsonDocument.Parse((await View.VirtualViewAsync(command, View.MountPoint, "--json")).Succeeded()).RootElement.GetProperty("snapshot").GetInt64();
        await View.KillAsync();
        await View.StartAsync();
        Assert.Equal("500000\n", (await RunAsync("--snapshot", $"{told}", "--", "stat", "-c", "%s", View.At("100K/f1.h5"))).Succeeded());
    }

    private static JsonElement Session(string status) =>
        Assert.Single(JsonDocument.Parse(status).RootElement.GetProperty("sessions").EnumerateArray());

    private string[] Sessions() =>
        [.. Directory.GetDirectories(View.StateFolders).Select(state => Path.Combine(state, "sessions")).Where(Directory.Exists).SelectMany(Directory.GetDirectories)];

    private Task<CommandResult> ShellInsideAsync(string snapshot, string line) =>
        RunAsync("--snapshot", snapshot, "--", "sh", "-c", $"cd '{View.MountPoint}' && {line}");

    private Task<CommandResult> RunAsync(params string[] arguments) => View.VirtualViewAsync(["run", "--mount", View.MountPoint, .. arguments]);
}
