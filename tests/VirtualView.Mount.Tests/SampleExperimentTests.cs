using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

/// <summary>The main job: an unmodified h5py script on the mount, compared with the experiment's truth file.</summary>
[Trait("Needs", "fuse")]
public sealed class SampleExperimentTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("html")]
    public async Task H5py_gives_the_answers_of_the_truth_file_and_every_byte_is_right(string listing)
    {
        await using var remote = await Remote.StartAsync(TimeSpan.FromMilliseconds(2));
        await using var view = MountedView.NotYetMounted($"http://{remote.Link.Endpoint}/{listing}/exp/");
        var made = Path.Combine(remote.Server.Files.Path, "exp");
        (await Command.RunAsync(Script("make-experiment"), made, "--size", "XS", "--parent-path", view.MountPoint, "--quiet")).Succeeded();

        await view.StartAsync();
        var analysis = (await Command.RunAsync(Script("analyze-experiment"), view.MountPoint, "--checksums")).Succeeded();
        Assert.Contains("all answers match the truth file", analysis, StringComparison.Ordinal);
    }

    private static string Script(string name) => Path.Combine(RepositoryFolder.Path, "scripts", name);
}
