using VirtualView.Core.Overlay;

namespace VirtualView.Engine.Overlay;

/// <summary>Where what is written is kept. The engine does not own them.</summary>
/// <param name="Journal">Names and attributes.</param>
/// <param name="Files">Bytes.</param>
public sealed record OverlayRooms(IOverlayJournal Journal, IOverlayFiles Files)
{
    /// <summary>What was written before is shown, and nothing changes it; where that is nothing, the view has no overlay.</summary>
    public bool IsReadOnly { get; init; }
}
