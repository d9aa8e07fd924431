namespace VirtualView.Core.FileSystem;

/// <summary>A file that was created and opened in one call: one lookup and one handle are counted.</summary>
/// <param name="Attributes">The new node.</param>
/// <param name="Handle">The open file.</param>
public readonly record struct CreatedFile(NodeAttributes Attributes, HandleId Handle);
