using System.Collections.Immutable;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Overlay;

/// <summary>
/// What the sources had under a name when it became local, whatever became of the name since. To publish what is local
/// under it, its removal too, is right only while the sources have this still.
/// </summary>
public sealed record HiddenEntry
{
    public static readonly HiddenEntry NotRecorded = new() { Kind = HiddenKind.NotRecorded };

    public static readonly HiddenEntry Nothing = new() { Kind = HiddenKind.Nothing };

    public static readonly HiddenEntry Directory = new() { Kind = HiddenKind.Directory };

    public required HiddenKind Kind { get; init; }

    /// <summary>Of a file; null for one of which only the name was known.</summary>
    public FileVersion? Version { get; init; }

    /// <summary>Of a symbolic link; else empty.</summary>
    public ImmutableArray<byte> Target { get; init; } = [];

    /// <summary>
    /// Of a directory that was removed here: fingerprints of all that was in it, sorted. Default for one that was not, or
    /// of which not all is known.
    /// </summary>
    public ImmutableArray<ulong> Held { get; init; }

    public static HiddenEntry OfFile(FileVersion? version) => new() { Kind = HiddenKind.File, Version = version };

    public static HiddenEntry OfSymlink(ImmutableArray<byte> target) => new() { Kind = HiddenKind.Symlink, Target = target };
}
