using VirtualView.Core.FileSystem;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.Handles;

/// <summary>A file that someone has open: its version is pinned until the release.</summary>
internal sealed record OpenFile(HandleId Id, Node Node, PinnedVersion Version, ReadAhead ReadAhead);
