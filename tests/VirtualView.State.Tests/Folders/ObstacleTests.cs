using System.Collections.Immutable;
using VirtualView.Core.State;
using VirtualView.State.Tests.Support;
using VirtualView.Testing.Files;

namespace VirtualView.State.Tests.Folders;

public sealed class ObstacleTests : StateTest
{
    public static TheoryData<string, ObstacleKind> Everywhere
    {
        get
        {
            var all = new TheoryData<string, ObstacleKind>();
            string[] names = ["daemon.lock", "daemon.pid", "sources.json", "sources.json.new", "pins.json", "pins.json.new", "state.db", "state.db-wal", "state.db-shm"];
            foreach (var name in names)
                foreach (var kind in Enum.GetValues<ObstacleKind>().Where(kind => kind != ObstacleKind.File)) all.Add(name, kind);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task What_stands_where_a_file_belongs_is_set_aside_with_one_warning(string name, ObstacleKind kind)
    {
        await SaveAsync(SampleTree.Of(3, 3));
        Obstacle.Put(kind, Path.Combine(Folder.State, name));
        var tree = SampleTree.Of(4, 4, number: 2);
        await using (var store = await OpenAsync())
        {
            await store.LoadSnapshotAsync(Cancel);
            await store.LoadPinsAsync(Cancel);
            await store.IdentifySourceAsync("Local /data", Cancel);
            await store.SavePinsAsync(ImmutableArray<PinRule>.Empty, Cancel);
            await store.SaveSnapshotAsync(null, tree, Cancel);
        }

        Assert.Contains(name, Assert.Single(Logs.Warnings), StringComparison.Ordinal);
        AssertSame(tree, await LoadAsync());
    }
}
