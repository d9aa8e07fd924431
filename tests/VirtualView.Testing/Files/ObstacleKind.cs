namespace VirtualView.Testing.Files;

/// <summary>What may stand where a program wants a file or a folder.</summary>
public enum ObstacleKind
{
    File,

    /// <summary>With something in it.</summary>
    Folder,

    LinkToNowhere,

    LinkToItself,

    /// <summary>Opening it waits until someone opens its other end.</summary>
    Pipe,
}
