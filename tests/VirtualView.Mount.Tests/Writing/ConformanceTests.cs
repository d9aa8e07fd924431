namespace VirtualView.Mount.Tests.Writing;

/// <summary>What every call answers, by root and by others, is what a disk answers, but for the table of docs/posix.md.</summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")] // to act as several users
public sealed class ConformanceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Both_the_new_and_what_a_source_has_answer_as_on_a_disk(bool fromSource) => CompareAsync(fromSource, trees: 200, every: 12, TimeSpan.FromMinutes(4));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Duration", "long")]
    public Task Both_the_new_and_what_a_source_has_answer_as_on_a_disk_in_every_case(bool fromSource) => CompareAsync(fromSource, trees: 2000, every: 1, TimeSpan.FromMinutes(14));

    private static async Task CompareAsync(bool fromSource, int trees, int every, TimeSpan patience)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may act as several users");
        await using var view = await WritableView.StartAsync(fromSource ? $"""/usr/bin/python3 -B "$TESTS/posix" "$SOURCE" --prepare {trees}""" : "");
        await view.RunAsync($"""/usr/bin/python3 -B "$TESTS/posix" "$MNT" {(fromSource ? "--from-source" : "")} --every {every}""", patience);
    }
}
