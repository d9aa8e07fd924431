using VirtualView.Core.FileSystem;

namespace VirtualView.Simulation.Writing;

/// <summary>What a slot of a program has open.</summary>
internal readonly record struct OpenFile(HandleId Handle, NodeId Node);
