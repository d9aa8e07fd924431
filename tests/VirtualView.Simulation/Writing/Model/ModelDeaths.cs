using VirtualView.Core.Sources;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>What may be left of a state when the process that had it is dead.</summary>
internal static class ModelDeaths
{
    public static IEnumerable<ModelState> AfterKill(ModelState state) => Left(state with
    {
        Open = state.Open.Clear(),
        Inodes = state.Inodes.SetItems(state.Inodes.Values.Where(IsFile).Select(inode => KeyValuePair.Create(inode.Id, inode with { File = inode.File!.AfterKill() }))),
    });

    /// <summary>Names and attributes of any state since the last that was synced; the bytes are what the disk has.</summary>
    public static IEnumerable<ModelState> AfterPowerLoss(ModelState last) => last.Earlier.Append(last).SelectMany(state => Left(state with
    {
        Open = state.Open.Clear(),
        Earlier = [],
        NextId = last.NextId,
        Changes = last.Changes,
        Inodes = state.Inodes.SetItems(state.Inodes.Values.Where(IsFile).Select(inode =>
            KeyValuePair.Create(inode.Id, inode with { File = (last.Inodes.GetValueOrDefault(inode.Id) ?? inode).File!.AfterPowerLoss(), ModifiedAt = null }))),
    })).Select(state => state with { Earlier = [] });

    private static bool IsFile(ModelInode inode) => inode.Kind == EntryKind.File;

    /// <summary>What was opened for writing and never acknowledged to be kept may be kept or not; if nothing was written, there is nothing to keep.</summary>
    private static IEnumerable<ModelState> Left(ModelState state)
    {
        IEnumerable<ModelState> states = [state];
        foreach (var inode in state.Inodes.Values.Where(inode => inode.MayVanish))
            states = states.SelectMany(now => (IEnumerable<ModelState>)(inode.WasWritten
                ? [.. ModelCalls.Saved(now, inode.Id), ModelCalls.Vanished(now, inode.Id)]
                : [ModelCalls.Vanished(now, inode.Id)]));
        return states;
    }
}
