using System.Collections.Immutable;
using VirtualView.Core.Blocks;
using VirtualView.Engine.Overlay.Changes;

namespace VirtualView.Engine.Status;

/// <summary>What <c>status</c> shows. Names are those of the JSON form, in camel case there.</summary>
public sealed record ViewStatus
{
    public required string View { get; init; }

    public required long Snapshot { get; init; }

    public required DateTimeOffset SnapshotTakenAt { get; init; }

    public required ImmutableArray<SourceStatus> Sources { get; init; }

    public required BlockStoreStatus Cache { get; init; }

    public required int OpenHandles { get; init; }

    public required int KnownNodes { get; init; }

    /// <summary>Bytes given to readers, and bytes fetched for them and ahead of them.</summary>
    public required long BytesServed { get; init; }

    public required long BytesFetched { get; init; }

    /// <summary>Block fetches that failed in the end, and reads that ended with ESTALE.</summary>
    public required long FailedFetches { get; init; }

    public required long StaleReads { get; init; }

    /// <summary>Changes that are not uploaded yet; none while the view is read-only.</summary>
    public required int PendingWrites { get; init; }

    /// <summary>Reads that the daemon answered with bytes; those that the kernel serves by itself it does not see.</summary>
    public long Reads { get; init; }

    /// <summary>Opens after which the kernel reads a cached file by itself.</summary>
    public long PassedThrough { get; init; }

    /// <summary>Rounds of listings, of a few directories each, and how long the last one took; null before its end.</summary>
    public long Polls { get; init; }

    public double? LastPollMilliseconds { get; init; }

    /// <summary>Deletions that are not believed; <c>sync --accept-deletions</c> accepts them.</summary>
    public ImmutableArray<HeldBack> HeldBack { get => OrNone(field); init; }

    /// <summary>What is local and nowhere else; null for a view that cannot be written.</summary>
    public LocalChangeCounts? LocalChanges { get; init; }

    /// <summary>What of the local changes could not be read at the start, in words for people.</summary>
    public ImmutableArray<string> LocalLosses { get => OrNone(field); init; }

    /// <summary>Sessions that run, and those that were kept.</summary>
    public ImmutableArray<SessionStatus> Sessions { get => OrNone(field); init; }

    /// <summary>A daemon of an older release, which goes on after an update, does not say all.</summary>
    private static ImmutableArray<T> OrNone<T>(ImmutableArray<T> said) => said.IsDefault ? [] : said;
}
