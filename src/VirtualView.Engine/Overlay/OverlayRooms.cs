using VirtualView.Core.Overlay;

namespace VirtualView.Engine.Overlay;

/// <summary>Where what is written is kept. The engine does not own them.</summary>
/// <param name="Journal">Names and attributes.</param>
/// <param name="Files">Bytes.</param>
public sealed record OverlayRooms(IOverlayJournal Journal, IOverlayFiles Files);
