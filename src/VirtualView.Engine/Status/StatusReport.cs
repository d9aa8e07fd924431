using System.Collections.Immutable;
using VirtualView.Core.Blocks;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Handles;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Status;

/// <summary>Gathers what <c>status</c> and <c>explain</c> show.</summary>
internal sealed class StatusReport(
    string view, SnapshotKeeper keeper, SourceTable sources, IBlockStore store, HandleTable handles, NodeTable nodes,
    PinnedVersions pinned, TransferLedger ledger, EngineCounters counters, DeletionGuard guard)
{
    public ViewStatus Status()
    {
        var snapshot = keeper.Tell();
        return new ViewStatus
        {
            View = view,
            Snapshot = snapshot.Number,
            SnapshotTakenAt = snapshot.TakenAt.ToDateTimeOffset(),
            Sources = [.. sources.All.Select(source => source.Meter.Status() with { Breaker = source.Outage.IsKnown ? "open" : "closed" })],
            Cache = store.Status(),
            OpenHandles = handles.Count,
            KnownNodes = nodes.Count,
            Reads = counters.Reads,
            BytesServed = counters.BytesServed,
            BytesFetched = counters.BytesFetched,
            FailedFetches = counters.FailedFetches,
            StaleReads = counters.StaleReads,
            PendingWrites = 0,
            HeldBack = guard.Report(),
        };
    }

    /// <summary>What the sources have at a path.</summary>
    public Outcome<Explanation> Explain(VirtualPath path) => Explain(keeper.Current, path);

    /// <summary>What any snapshot has there.</summary>
    public Outcome<Explanation> Explain(Snapshot snapshot, VirtualPath path) => snapshot.Find(path) switch
    {
        null => FileSystemError.NotFound,
        FileNode { Version: { } version } => Explain(path, version),
        var node => Describe(path, node),
    };

    private static Explanation Describe(VirtualPath path, SnapshotNode node) => node switch
    {
        DirectoryNode directory => Explanation.WithoutVersion(path, EntryKind.Directory, 0, directory.ModifiedAt),
        SymlinkNode link => Explanation.WithoutVersion(path, EntryKind.Symlink, link.Target.Length, link.ModifiedAt) with { Target = ByteText.Show(link.Target.AsSpan()) },
        _ => Explanation.WithoutVersion(path, EntryKind.File, 0, default),
    };

    public Explanation Explain(VirtualPath path, FileVersion version)
    {
        var (cached, isLent) = Cached(version);
        var transfers = ledger.Find(version.Id);
        var bySource = transfers?.BySource ?? ImmutableDictionary<SourceId, (long Bytes, double Milliseconds)>.Empty;
        var served = transfers?.Served ?? 0;
        return new Explanation
        {
            Path = path.ToString(),
            Kind = "File",
            Version = version.Id.ToString(),
            SizeBytes = version.SizeBytes,
            ModifiedAt = version.ModifiedAt.ToDateTimeOffset(),
            Replicas = [.. version.Replicas.Select(replica => Explain(path, version, replica))],
            Cached = cached.Ranges,
            CachedBytes = cached.TotalBytes,
            FetchedBytes = bySource.ToImmutableDictionary(entry => sources.NameOf(entry.Key), entry => entry.Value.Bytes),
            FetchMilliseconds = bySource.ToImmutableDictionary(entry => sources.NameOf(entry.Key), entry => entry.Value.Milliseconds),
            ServedBytes = served,
            OverReadRatio = served == 0 ? null : (double)bySource.Sum(entry => entry.Value.Bytes) / served,
            IsLent = isLent,
            OpenHandles = handles.CountOf(version.Id),
            LastFailure = transfers?.LastFailure,
        };
    }

    private (RangeSet Ranges, bool IsLent) Cached(FileVersion version)
    {
        using var payload = store.Open(new PayloadIdentity(version.Id, version.SizeBytes));
        return (payload.Cached(), payload.IsLent);
    }

    /// <summary>The source shows another version in the place of this one.</summary>
    private bool IsSuperseded(VirtualPath path, FileVersion version, Replica replica) =>
        keeper.Current.Find(path) is FileNode { Version: { } now } && now.Id != version.Id && !Aging.Led(version, now)
        && now.Replicas.Any(other => other.Source == replica.Source && other.Validator != replica.Validator);

    private ReplicaExplanation Explain(VirtualPath path, FileVersion version, Replica replica)
    {
        var source = sources.Find(replica.Source);
        var isLost = pinned.Find(version.Id)?.Accepted.IsLost(replica) == true || IsSuperseded(path, version, replica);
        var why = (source, isLost) switch
        {
            (null, _) => "not used: its source is not configured any more",
            (_, true) => "not used: the source has another version by now",
            _ when guard.Lacks(replica.Source, path) => "held back: the source does not show it any more, like too much else to be believed; see 'virtualview status'",
            ({ Meter.IsDown: true }, _) => $"tried last: {source.Meter.Status().LastError}",
            _ when replica.Validator.Strength == ValidatorStrength.Racy => "used, but not cached: the file is younger than the source's clock step",
            _ => "used",
        };
        return new ReplicaExplanation(
            sources.NameOf(replica.Source), replica.Path.ToString(), replica.Validator.ToString(), replica.Validator.Strength.ToString(),
            source is not null && !isLost, why);
    }
}
