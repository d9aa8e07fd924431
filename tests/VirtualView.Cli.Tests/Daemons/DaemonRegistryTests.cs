using VirtualView.Cli.Daemons;
using VirtualView.Cli.Tests.Support;

namespace VirtualView.Cli.Tests.Daemons;

public sealed class DaemonRegistryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_living_daemon_is_found_by_its_mount_point()
    {
        var registry = new DaemonRegistry([_folder.Path]);
        registry.Write(Record("/mnt/a"));
        registry.Write(Record("/mnt/b"));
        Assert.Equal(Record("/mnt/a"), registry.Find("/mnt/a"));
        Assert.Null(registry.Find("/mnt"));
    }

    [Fact]
    public void The_record_of_a_dead_one_is_removed_where_it_is_met()
    {
        var registry = new DaemonRegistry([_folder.Path]);
        var file = registry.Write(Record("/mnt/a") with { ProcessStartTicks = 1 });
        Assert.Empty(registry.All());
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void The_record_of_another_machine_is_left_alone()
    {
        var registry = new DaemonRegistry([_folder.Path]);
        var file = registry.Write(Record("/mnt/a") with { BootId = "another" });
        Assert.Empty(registry.All());
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void What_is_no_record_is_passed_over()
    {
        _folder.File("x.json", "{");
        Assert.Empty(new DaemonRegistry([_folder.Path, "/nowhere/at/all"]).All());
    }

    [Fact]
    public void A_folder_that_cannot_be_made_gives_way_to_the_next()
    {
        var blocked = _folder.File("file", "");
        var second = Path.Combine(_folder.Path, "second");
        Assert.StartsWith(second, new DaemonRegistry([$"{blocked}/below", second]).Write(Record("/mnt/a")), StringComparison.Ordinal);
        Assert.Throws<IOException>(() => new DaemonRegistry([$"{blocked}/below"]).Write(Record("/mnt/a")));
    }

    private static DaemonRecord Record(string mountPoint) => new()
    {
        MountPoint = mountPoint,
        View = "exp",
        ProcessId = Environment.ProcessId,
        ProcessStartTicks = ProcessLife.StartTicks(Environment.ProcessId)!.Value,
        BootId = ProcessLife.BootId,
        StateFolder = "/state",
        Socket = "/state/api.sock",
    };
}
