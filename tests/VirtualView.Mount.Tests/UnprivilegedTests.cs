using VirtualView.Mount.Tests.Daemon;

namespace VirtualView.Mount.Tests;

/// <summary>Nothing needs root: what a user without it can do, and what is said where it cannot be done.</summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")] // to become a user who is not
public sealed class UnprivilegedTests : IAsyncLifetime
{
    private const int SizeBytes = 1_000_003;

    private readonly Nobody _nobody = new();
    private Remote _remote = null!;

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        _remote.Put("/run/f1.bin", SizeBytes, seed: 1);
    }

    public async ValueTask DisposeAsync()
    {
        _nobody.Dispose();
        await _remote.DisposeAsync();
    }

    [Fact]
    public async Task A_user_mounts_reads_twice_and_unmounts_with_fusermount()
    {
        // The second read: where root would let the kernel read by itself.
        var said = (await _nobody.RunAsync($"""
            "$V" mount --background {_remote.Url} "$MNT" || exit
            grep -c " $MNT .*fuse.virtualview .*user_id=65534" /proc/self/mountinfo
            cat "$MNT/run/f1.bin" | wc -c
            for i in $(seq 50); do [ "$(getfattr --only-values -n user.virtualview.cached "$MNT/run/f1.bin")" = {SizeBytes} ] && break; sleep 0.1; done
            cat "$MNT/run/f1.bin" | sha256sum | cut -c1-64
            "$V" explain "$MNT/run/f1.bin" | grep -c "by the kernel itself"
            "$V" unmount "$MNT" && grep -c " $MNT " /proc/self/mountinfo
            """)).Output.Split('\n');
        Assert.EndsWith($" at {_nobody.MountPoint}", said[0], StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Remote.Noise(SizeBytes, seed: 1)));
        Assert.Equal(["1", $"{SizeBytes}", hash, "0", "0"], said[1..6]);
    }

    [Fact]
    public async Task A_user_runs_a_program_on_a_snapshot_as_himself_and_with_no_privilege_of_the_namespace()
    {
        var said = (await _nobody.RunAsync($"""
            "$V" mount --background {_remote.Url} "$MNT" || exit
            wc -c < "$MNT/run/f1.bin"
            id=$("$V" status "$MNT" --json | grep -o '"snapshot":[0-9]*' | cut -d: -f2)
            "$V" run --snapshot $id -- sh -c "id -u; wc -c < '$MNT/run/f1.bin'; echo new > '$MNT/run/new'; stat -c %u '$MNT/run/new'; grep CapEff /proc/self/status"
            ls "$MNT/run"
            "$V" unmount "$MNT"
            """)).Output.Split('\n');
        Assert.Equal([$"{SizeBytes}", "65534", $"{SizeBytes}", "65534", "CapEff:\t0000000000000000", "f1.bin"], said[1..7]);
    }

    [Fact]
    public async Task What_a_killed_daemon_left_goes_by_force_although_somebody_holds_its_device()
    {
        var said = (await _nobody.RunAsync($$"""
            "$V" mount --background {{_remote.Url}} "$MNT" || exit
            daemon=$("$V" status "$MNT" --json | grep -o '"processId":[0-9]*' | cut -d: -f2)
            coproc HOLD { exec python3 -c 'if True:
                import ctypes, os, sys
                call, pid = ctypes.CDLL(None).syscall, int(sys.argv[1])
                folder = f"/proc/{pid}/fd"
                fuse = [int(fd) for fd in os.listdir(folder) if os.readlink(f"{folder}/{fd}") == "/dev/fuse"]
                held = [call(438, call(434, pid, 0), fd, 0) for fd in fuse]  # pidfd_getfd, pidfd_open
                print(min(held) > 0, flush=True)
                sys.stdin.read()' "$daemon"; }
            read -ru "${HOLD[0]}" held; echo "$held"
            kill -9 "$daemon"
            stat -f "$MNT" >/dev/null 2>&1 & waiting=$!
            "$V" unmount "$MNT" --force; echo "$?"
            wait "$waiting"; echo "$?"
            grep -c " $MNT " /proc/self/mountinfo
            """)).Output.Split('\n');
        Assert.Equal(["True", "0", "1", "0"], said[1..5]);
    }

    [Fact]
    public async Task Without_fusermount_it_says_what_to_install()
    {
        var refused = await _nobody.RunAsync($"""PATH=/nowhere "$V" mount {_remote.Url} "$MNT" """);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("fusermount3 cannot be started; install it (apt install fuse3), or mount as root", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_users_are_let_in_only_where_the_administrator_allows_it_and_it_says_so()
    {
        Assert.SkipWhen(File.ReadLines("/etc/fuse.conf").Any(line => line.Trim() == "user_allow_other"), "it is allowed here");
        var configuration = $$"""
            { "VirtualView": { "View": { "Name": "mine", "MountPoint": "{{_nobody.MountPoint}}", "AllowOther": true },
              "Sources": { "web": { "Kind": "Http", "Url": "{{_remote.Url}}" } }, "Mappings": [ { "At": "/", "Sources": [ "web" ] } ] } }
            """;
        await File.WriteAllTextAsync(Path.Combine(_nobody.Home, "view.json"), configuration, TestContext.Current.CancellationToken);
        var refused = await _nobody.RunAsync("""exec "$V" mount --config "$HOME/view.json" """);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("without AllowOther, or with a line 'user_allow_other' in /etc/fuse.conf", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_closed_to_the_user_is_named_with_the_remedy()
    {
        var refused = await Testing.Processes.Command.RunAsync(
            new Dictionary<string, string> { ["HOME"] = _nobody.Home, ["XDG_RUNTIME_DIR"] = _nobody.Home },
            "unshare", "-m", "sh", "-c", """
                mount -t tmpfs none "$1"; mknod -m 600 "$1/fuse" c 10 229; mount --bind "$1/fuse" /dev/fuse
                chown 65534 "$4" "$HOME"; chmod 755 "$(dirname "$HOME")"
                exec setpriv --reuid 65534 --regid 65534 --clear-groups "$2" mount "$3" "$4"
                """, "sh", "/mnt", Executable.Path, _remote.Url.ToString(), _nobody.MountPoint);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("ask the administrator for access to /dev/fuse", refused.Error, StringComparison.Ordinal);
    }
}
