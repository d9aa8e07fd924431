using VirtualView.Core.Paths;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>What a name leads to in a state: nothing, an inode of the model, or a file that the source alone has.</summary>
internal readonly record struct Spot(ModelState State, int Directory, PathName Name, int? Id, VirtualPath? AtSource)
{
    public bool IsAbsent => Id is null && AtSource is null;
}
