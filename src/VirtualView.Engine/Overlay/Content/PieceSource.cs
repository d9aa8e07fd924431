namespace VirtualView.Engine.Overlay.Content;

internal enum PieceSource
{
    /// <summary>The version below.</summary>
    Version,

    /// <summary>The file of written bytes, which reads as zeros past its end.</summary>
    File,

    /// <summary>Zeros: behind what shows of the version, and never written.</summary>
    Nowhere,
}
