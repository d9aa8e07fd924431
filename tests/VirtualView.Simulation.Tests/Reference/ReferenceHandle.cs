using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;

namespace VirtualView.Simulation.Tests.Reference;

/// <summary>An open file, and of a racy version the blocks that must not be stored.</summary>
internal sealed record ReferenceHandle(HandleId Id, ReferenceNode Node, IPayload Payload);
