using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>A file, directory or symbolic link of the model.</summary>
internal sealed record ModelInode(int Id, EntryKind Kind)
{
    /// <summary>In <see cref="Entries"/>: the name hides what the source has.</summary>
    public const int Whiteout = -1;

    /// <summary>The name hides what the source has, or does not.</summary>
    public const int Unsure = -2;

    /// <summary>What names lead to; any other leads to what the source has in <see cref="BaseDirectory"/>.</summary>
    public ImmutableSortedDictionary<PathName, int> Entries { get; init; } = ImmutableSortedDictionary<PathName, int>.Empty;

    public VirtualPath? BaseDirectory { get; init; }

    public ModelFile? File { get; init; }

    /// <summary>Where the source had the file.</summary>
    public VirtualPath? Origin { get; init; }

    /// <summary>The version it lies over.</summary>
    public byte[]? OriginContent { get; init; }

    /// <summary>Null while it is what the source's is.</summary>
    public int? Mode { get; init; }

    /// <summary>Null where nobody set it since the bytes changed last.</summary>
    public UnixTime? ModifiedAt { get; init; }

    public string Target { get; init; } = "";

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public int Links { get; init; } = 1;

    /// <summary>The number of the last change of it or its names.</summary>
    public int ChangedIn { get; init; }

    /// <summary>False for what was only opened for writing: if nothing comes of it, the source's file shows again.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Something was written, though it may be what was there.</summary>
    public bool WasWritten { get; init; }

    /// <summary>No call was acknowledged that makes the process's death leave it here.</summary>
    public bool MayVanish => Origin is not null && !IsPrivate;
}
