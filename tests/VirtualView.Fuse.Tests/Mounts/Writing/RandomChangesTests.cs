using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts.Writing;

[Trait("Needs", "fuse")]
public sealed class RandomChangesTests
{
    [Theory]
    [InlineData("off", 1)]
    [InlineData("on", 2)]
    public async Task Random_changes_of_a_file_leave_what_a_model_of_it_says(string slow, int seed)
    {
        await using var host = await Host.StartAsync("writable");
        await host.SendAsync($"slow {slow}"); // with "on" every write waits in a buffer of its own
        var program = Path.Join(RepositoryFolder.Path, "tests/python/posix/random_writes.py");
        var judged = await Command.RunAsync("python3", program, host.At("file"), "--steps", "1500", "--seed", $"{seed}");
        Assert.True(judged.ExitCode == 0, judged.Text + judged.Error);
        Assert.Equal(slow == "on", await host.CountAsync("delayed") > 0);
    }
}
