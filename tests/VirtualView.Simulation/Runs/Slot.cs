using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Simulation.Runs;

/// <summary>A handle on its way: opened at some time, read by several, released when the last read has ended.</summary>
internal sealed class Slot
{
    public required VirtualPath Path { get; init; }

    /// <summary>Null in it when the file could not be opened.</summary>
    public required Task<(HandleId Handle, NodeId Node)?> Opening { get; init; }

    public List<Task> Reads { get; } = [];
}
