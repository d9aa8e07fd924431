using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Engine.Past;

/// <summary>Holds in the cache what is cached, now or later, of the versions that snapshots with a name show.</summary>
internal sealed class KeptVersions(ISnapshotHistory history, PinHolders holders, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PathName, PinHolder> _held = []; // guarded by _gate

    public async ValueTask HoldAsync(SnapshotRecord record, CancellationToken cancel)
    {
        var name = record.Name!.Value;
        PinHolder holder;
        lock (_gate)
        {
            if (_held.ContainsKey(name)) return;
            _held[name] = holder = holders.Add($"snapshot '{name}' keeps it: drop that first");
        }

        try
        {
            await HoldAsync(record.Number, holder, cancel);
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            EngineLog.RecordFailed(logger, cause);
        }
    }

    public void LetGo(PathName name)
    {
        PinHolder? holder;
        lock (_gate)
        {
            if (!_held.Remove(name, out holder)) return;
        }

        holder.Dispose();
    }

    private async ValueTask HoldAsync(long number, PinHolder holder, CancellationToken cancel)
    {
        var pending = new Stack<VirtualPath>([VirtualPath.Root]);
        while (pending.TryPop(out var path))
        {
            // What is damaged can neither be read nor held.
            if (!(await history.ReadAsync(number, path, cancel)).TryGet(out var directory)) continue;
            foreach (var node in directory.Children)
            {
                if (node is DirectoryNode below) pending.Push(path / below.Name);
                else if (node is FileNode { IsRacy: false, VersionId: { } version }) holder.Hold(version);
            }
        }
    }
}
