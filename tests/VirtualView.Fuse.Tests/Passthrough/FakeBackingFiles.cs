using Microsoft.Win32.SafeHandles;
using VirtualView.Fuse.Passthrough;

namespace VirtualView.Fuse.Tests.Passthrough;

/// <summary>A kernel that counts what it holds.</summary>
internal sealed class FakeBackingFiles : IBackingFiles
{
    private readonly Lock _gate = new();
    private int _lastId;

    public bool IsAvailable { get; set; } = true;

    public HashSet<int> Held { get; } = []; // guarded by _gate

    public int Open(SafeFileHandle file)
    {
        Assert.False(file.IsClosed);
        lock (_gate)
        {
            Held.Add(++_lastId);
            return _lastId;
        }
    }

    public void Close(int id)
    {
        lock (_gate) Assert.True(Held.Remove(id), $"{id} was closed twice");
    }
}
