namespace VirtualView.Cli.Mounting;

/// <summary>The rooms opened so far. They close in reverse order, each although another failed to.</summary>
internal sealed class OpenRooms : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _rooms = new();

    public T Add<T>(T room)
        where T : IAsyncDisposable
    {
        _rooms.Push(room);
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_rooms.TryPop(out var room)) return;
        try
        {
            await room.DisposeAsync();
        }
        finally
        {
            await DisposeAsync();
        }
    }
}
