using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;

namespace VirtualView.State.Tests.History;

public sealed class HistoryModelTests
{
    [Fact]
    public Task Every_record_is_read_as_it_was_whatever_came_and_went_since() => Gen
        .Select(Gen.Frequency((1, TreeGen.Snapshot), (1, Wide)), HistoryStep.Any.Array[1, 14])
        .SampleAsync(CheckAsync, iter: 150);

    /// <summary>A directory so wide that one change in it is written as one.</summary>
    private static Gen<Snapshot> Wide { get; } = VersionGen.At(VirtualPath.Parse("/file")).Array[24].Select(versions => new Snapshot(
        0, default, DirectoryNode.Listed(default, versions.Select((version, at) => new FileNode(PathName.Of($"f{at}"), version)), new UnixTime(1))));

    private static async Task CheckAsync(Snapshot first, HistoryStep[] steps)
    {
        await using var world = new HistoryWorld(first);
        foreach (var step in steps)
            await world.DoAsync(step);
        await world.AssertSameAsync();
        await world.AssertChangesAsync();
    }
}
