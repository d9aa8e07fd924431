using VirtualView.Core.FileSystem;

namespace VirtualView.Engine.Tests.World;

/// <summary>Locks that nobody holds but the test.</summary>
internal sealed class FakeLocks : IFileLocks
{
    private int _asked;

    public HashSet<ulong> Inodes { get; set; } = [];

    public int Asked => Volatile.Read(ref _asked);

    public IReadOnlySet<ulong> LockedInodes()
    {
        Interlocked.Increment(ref _asked);
        return Inodes;
    }
}
