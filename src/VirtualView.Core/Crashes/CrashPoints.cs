using System.Collections.Immutable;

namespace VirtualView.Core.Crashes;

/// <summary>The names of all crash points: room, what is done, and what has just happened. Each stands in the code once.</summary>
public static class CrashPoints
{
    public const string CacheFormatCleared = "cache.format.cleared";
    public const string CacheFormatWritten = "cache.format.written";
    public const string CacheOpenRestored = "cache.open.restored";
    public const string CachePayloadUnlabelled = "cache.payload.unlabelled";
    public const string CachePayloadLabelled = "cache.payload.labelled";
    public const string CachePutWritten = "cache.put.written";
    public const string CachePutIndexed = "cache.put.indexed";
    public const string CacheSourcesAppended = "cache.sources.appended";
    public const string CacheRemoveUnindexed = "cache.remove.unindexed";
    public const string CacheRemovePunched = "cache.remove.punched";
    public const string CacheDropRenamed = "cache.drop.renamed";
    public const string CacheRetireDetached = "cache.retire.detached";
    public const string CacheRetireUnindexed = "cache.retire.unindexed";
    public const string CacheRetireDeleted = "cache.retire.deleted";
    public const string CacheCheckpointSynced = "cache.checkpoint.synced";
    public const string CacheCheckpointFolded = "cache.checkpoint.folded";
    public const string CacheSealUnnamed = "cache.seal.unnamed";
    public const string CacheSealNamed = "cache.seal.named";
    public const string CacheCheckpointSealed = "cache.checkpoint.sealed";

    public const string StateLockTaken = "state.lock.taken";
    public const string StateMigrationApplied = "state.migration.applied";
    public const string StateSaveUncommitted = "state.save.uncommitted";
    public const string StateSaveCommitted = "state.save.committed";
    public const string StateReplaceUnnamed = "state.replace.unnamed";
    public const string StateReplaceNamed = "state.replace.named";
    public const string StateAsideRenamed = "state.aside.renamed";

    public const string EnginePublishSwapped = "engine.publish.swapped";
    public const string EnginePublishTold = "engine.publish.told";

    public const string OverlayBytesWritten = "overlay.bytes.written";
    public const string OverlayBytesSynced = "overlay.bytes.synced";
    public const string OverlaySizeCommitted = "overlay.size.committed";
    public const string OverlayChangeUncommitted = "overlay.change.uncommitted";
    public const string OverlayChangeCommitted = "overlay.change.committed";
    public const string OverlayCopiedUp = "overlay.base.copied";
    public const string OverlayRenameCommitted = "overlay.rename.committed";
    public const string OverlayRowsWritten = "overlay.rows.written";
    public const string OverlayLogCopied = "overlay.log.copied";
    public const string OverlayRemovedSynced = "overlay.removed.synced";
    public const string OverlayRemovedDeleted = "overlay.removed.deleted";
    public const string OverlaySalvageBuilt = "overlay.salvage.built";
    public const string OverlaySalvageAside = "overlay.salvage.aside";

    public const string FuseStaleDetached = "fuse.stale.detached";
    public const string FuseMountAttached = "fuse.mount.attached";
    public const string FuseMountAgreed = "fuse.mount.agreed";
    public const string FuseUnmountDetached = "fuse.unmount.detached";

    public const string ServiceSocketBound = "service.socket.bound";

    public const string CliRecordUnnamed = "cli.record.unnamed";
    public const string CliRecordNamed = "cli.record.named";
    public const string CliStopClosed = "cli.stop.closed";

    public static ImmutableArray<string> All { get; } =
    [
        CacheFormatCleared, CacheFormatWritten, CacheOpenRestored, CachePayloadUnlabelled, CachePayloadLabelled, CachePutWritten,
        CachePutIndexed, CacheSourcesAppended, CacheRemoveUnindexed, CacheRemovePunched, CacheDropRenamed, CacheRetireDetached,
        CacheRetireUnindexed, CacheRetireDeleted, CacheCheckpointSynced, CacheCheckpointFolded, CacheSealUnnamed, CacheSealNamed,
        CacheCheckpointSealed, StateLockTaken, StateMigrationApplied, StateSaveUncommitted, StateSaveCommitted, StateReplaceUnnamed,
        StateReplaceNamed, StateAsideRenamed, EnginePublishSwapped, EnginePublishTold, OverlayBytesWritten, OverlayBytesSynced,
        OverlaySizeCommitted, OverlayChangeUncommitted, OverlayChangeCommitted, OverlayCopiedUp, OverlayRenameCommitted, OverlayRowsWritten,
        OverlayLogCopied, OverlayRemovedSynced, OverlayRemovedDeleted, OverlaySalvageBuilt, OverlaySalvageAside, FuseStaleDetached, FuseMountAttached,
        FuseMountAgreed, FuseUnmountDetached, ServiceSocketBound, CliRecordUnnamed, CliRecordNamed, CliStopClosed,
    ];
}
