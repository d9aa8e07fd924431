using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>What a program saw at a path: why there is nothing, or what there is.</summary>
internal sealed record SeenNode(FileSystemError Error, NodeAttributes Attributes = default)
{
    /// <summary>Of a file; null when it could not even be opened.</summary>
    public SeenContent? Content { get; init; }

    /// <summary>Of a directory; null when it could not be listed.</summary>
    public ImmutableSortedDictionary<PathName, SeenNode?>? Names { get; init; }

    public string Target { get; init; } = "";

    public ImmutableSortedDictionary<string, string> ExtendedAttributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Why something of it could not be read.</summary>
    public FileSystemError Trouble { get; init; }

    public override string ToString() => Error != FileSystemError.None
        ? $"{Error}"
        : $"{Attributes.Kind} of {Attributes.SizeBytes} B, mode {Attributes.Mode:x}, {Attributes.Links} links, {Target}"
            + $" {(Content is null ? Trouble : Content.Describe())} {(Names is null ? "" : string.Join(' ', Names.Keys))} {string.Join(' ', ExtendedAttributes)}";
}
