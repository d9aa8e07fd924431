using VirtualView.Core.Ranges;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>A part of a file and where its bytes come from.</summary>
internal readonly record struct Piece(ByteRange Range, PieceSource From);
