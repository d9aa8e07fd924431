using System.Collections.Immutable;
using VirtualView.Core.FileSystem;

namespace VirtualView.Engine.Overlay.Listing;

/// <summary>A directory that someone has open.</summary>
/// <param name="id">Its handle.</param>
/// <param name="directory">By which a kernel knows it.</param>
/// <param name="base">What the sources list of it; null where they have none.</param>
internal sealed class OpenListing(HandleId id, NodeId directory, HandleId? @base)
{
    public HandleId Id { get; } = id;

    public NodeId Directory { get; } = directory;

    public HandleId? Base { get; } = @base;

    /// <summary>Default as long as nothing local is in it: then the sources answer alone.</summary>
    public ImmutableArray<ListedEntry> Merged { get; set; }
}
