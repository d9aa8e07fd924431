using VirtualView.Core.Overlay;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>
/// Keeps in the cache what a local file shows of the version below it: it may be nowhere else any more. Guarded by the gate
/// of its file.
/// </summary>
internal sealed class HeldBase
{
    private readonly PinHolder _bases;
    private VersionId? _held;

    public HeldBase(PinHolder bases, LocalFileBase? below)
    {
        _bases = bases;
        if (!Shows(below)) return;
        _held = below!.Version.Id;
        _bases.Hold(_held.Value);
    }

    /// <summary>The journal has it; not before, as a crash would bring back a file that shows the version still.</summary>
    public void Saved(LocalFileBase? below)
    {
        if (!Shows(below)) LetGo();
    }

    /// <summary>The file lies over another version by now.</summary>
    public void Move(LocalFileBase below)
    {
        var before = _held;
        if (before is null) return;
        _held = below.Version.Id;
        _bases.Hold(_held.Value);
        _bases.LetGo(before.Value);
    }

    public void LetGo()
    {
        if (_held is { } version) _bases.LetGo(version);
        _held = null;
    }

    /// <summary>True while a part of the version is seen. What was written over once stays so.</summary>
    private static bool Shows(LocalFileBase? below) =>
        below is { ShownBytes: > 0 } && !below.Written.Contains(new ByteRange(0, below.ShownBytes));
}
