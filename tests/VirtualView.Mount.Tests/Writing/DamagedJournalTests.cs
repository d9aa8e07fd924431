using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>What lies on the disk of the local changes is damaged while no daemon runs.</summary>
[Trait("Needs", "fuse")]
public sealed class DamagedJournalTests : IDisposable
{
    private readonly HostFolder _source = new();
    private readonly HostFolder _disk = new();

    public void Dispose()
    {
        _source.Dispose();
        _disk.Dispose();
    }

    [Fact]
    public async Task A_damaged_log_is_told_by_status_and_doctor_and_what_is_behind_the_damage_is_there()
    {
        await using var view = await WrittenView.MountAsync(_disk.Path, _source);
        await PythonIn.RunAsync(view, """
            for number in range(200):
                with open(f"file-{number}", "xb") as file:
                    file.write(b"content")
            """);
        Assert.Equal(0, (await view.StatusAsync()).GetProperty("localLosses").GetArrayLength());
        await view.KillAsync();
        using (var log = File.OpenHandle(Path.Combine(_disk.Path, "state", "overlay.db-wal"), FileMode.Open, FileAccess.Write))
            RandomAccess.Write(log, "damage"u8, 32 + 24 + 1000); // in the first of its pages
        await view.StartAsync();
        Assert.Equal("200\n", await PythonIn.RunAsync(view, """
            for number in range(200):
                assert open(f"file-{number}", "rb").read() == b"content", number
            print(len(os.listdir()))
            """));
        Assert.Contains("its log breaks off after 0 of", (await view.StatusAsync()).GetProperty("localLosses")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("\nlost       the journal was damaged", (await view.VirtualViewAsync("status", view.MountPoint)).Succeeded(), StringComparison.Ordinal);
        var configuration = Path.Combine(Path.GetDirectoryName(view.MountPoint)!, "appsettings.json");
        Assert.Contains("the journal of what was written was damaged", (await view.VirtualViewAsync("doctor", "--config", configuration)).Output, StringComparison.Ordinal);
        await view.StopAsync();
    }
}
