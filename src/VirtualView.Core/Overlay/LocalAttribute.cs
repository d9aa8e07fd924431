using System.Collections.Immutable;

namespace VirtualView.Core.Overlay;

/// <summary>An extended attribute of a local inode.</summary>
/// <param name="Inode">Whose.</param>
/// <param name="Name">The full name, such as <c>user.comment</c>.</param>
/// <param name="Value">Any bytes, at most 64 KiB.</param>
public readonly record struct LocalAttribute(LocalId Inode, ImmutableArray<byte> Name, ImmutableArray<byte> Value);
