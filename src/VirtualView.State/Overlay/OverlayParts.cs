using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay;

/// <summary>Where what is written in the view is kept. The state store owns both.</summary>
/// <param name="Journal">Names and attributes; to be loaded before anything else.</param>
/// <param name="Files">Bytes.</param>
public sealed record OverlayParts(IOverlayJournal Journal, IOverlayFiles Files);
