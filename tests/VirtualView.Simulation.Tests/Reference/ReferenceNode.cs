using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.Tests.Reference;

/// <summary>What a node id stands for. A version is null for a directory.</summary>
internal sealed record ReferenceNode(NodeId Id, VirtualPath Path, FileVersion? Version);
