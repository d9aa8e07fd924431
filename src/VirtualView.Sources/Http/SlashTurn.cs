namespace VirtualView.Sources.Http;

internal enum SlashTurn
{
    None,

    /// <summary>The server added a slash: a directory lies there.</summary>
    ToDirectory,

    /// <summary>The server removed the slash: a file lies there.</summary>
    ToFile,
}
