using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.State.Overlay.Files;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Overlay;

public sealed class RemovedFilesTests : StateTest
{
    [Fact]
    public async Task What_waits_to_be_deleted_is_known_to_give_room_until_it_is_gone()
    {
        var deleted = new List<LocalId>();
        var answer = FileSystemError.Internal;
        await using var removed = new RemovedFiles(() => ValueTask.FromResult(answer), deleted.Add, Clock);
        removed.Add(new LocalId(1), 4096);
        removed.Add(new LocalId(2), 8192);
        Assert.Equal(12_288, removed.Bytes);

        Assert.False(await removed.DeleteNowAsync());
        Assert.Equal((0, 12_288), (deleted.Count, removed.Bytes));

        answer = FileSystemError.None;
        Assert.True(await removed.DeleteNowAsync());
        Assert.Equal((2, 0), (deleted.Count, removed.Bytes));
    }
}
