using VirtualView.Core.FileSystem;

namespace VirtualView.Engine.Overlay;

/// <summary>Numbers the handles of the overlay, apart from those of the sources and of virtual files.</summary>
internal sealed class LocalHandleIds
{
    public const ulong First = 1UL << 61;

    private ulong _last = First;

    public HandleId Next() => new(Interlocked.Increment(ref _last));
}
