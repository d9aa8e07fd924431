using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.Runs;

/// <summary>What happens on the servers and on the disk, at once.</summary>
internal sealed class RemoteSteps(World world, Presence presence, MassDeletions deletions)
{
    /// <summary>False when the step is none of these.</summary>
    public bool TryCarryOut(Step step)
    {
        var store = world.Stores[step.Source];
        var path = PathNames.All[step.Path];
        var file = store.Find(path);
        switch (step.Kind)
        {
            case StepKind.RemoteWrite:
                store.Write(path, world.FreeSize(step.Source, path, step.A));
                break;
            case StepKind.RemoteRewrite:
                if (file is not null) store.Write(path, world.FreeSize(step.Source, path, file.Content.SizeBytes));
                break;
            case StepKind.RemoteTouch:
                store.Touch(path);
                break;
            case StepKind.RemoteDelete:
                store.Delete(path);
                break;
            case StepKind.RemoteRename:
                if (file is not null && IsFree(step, PathNames.All[step.A], file)) store.Rename(path, PathNames.All[step.A]);
                break;
            case StepKind.RemoteMassDelete:
                deletions.Delete(step.Source, step.A);
                break;
            case StepKind.RemoteRestore:
                deletions.Restore(step.Source);
                break;
            case StepKind.RemoteCopy:
                if (world.Stores[step.A].Find(path) is { } original && IsFree(step, path, original)) store.Copy(path, original);
                break;
            case StepKind.RemoteFault:
                store.Set((RemoteFaults)step.A);
                break;
            case StepKind.Evict:
                world.Disk.Evict(step.A / 100.0);
                break;
            case StepKind.Damage:
                world.Disk.Damage(step.A / 100.0);
                break;
            case StepKind.DiskFault:
                world.Disk.Faults = (Disk.DiskFaults)step.A;
                break;
            default:
                return false;
        }

        presence.Update();
        return true;
    }

    private bool IsFree(Step step, Core.Paths.VirtualPath path, RemoteFile file) =>
        !world.TrustsSizes(step.Source) || !world.IsSizeTaken(path, file.Content.SizeBytes, file.Content);
}
