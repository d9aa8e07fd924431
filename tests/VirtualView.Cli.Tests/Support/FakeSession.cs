using System.Collections.Immutable;
using VirtualView.Cli.Mounting;
using VirtualView.Core.Blocks;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Status;
using VirtualView.Service;
using VirtualView.Service.Answers;

namespace VirtualView.Cli.Tests.Support;

/// <summary>A mounted view without a kernel and without files, except for /a and an unreachable one.</summary>
internal sealed class FakeSession : IViewSession
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _snapshot = 7;

    public static SourceId Source { get; } = new(new Guid("11111111-2222-3333-4444-555555555555"));

    public bool IsBusy { get; set; }

    public bool IsDisposed { get; private set; }

    public List<bool> UnmountCalls { get; } = [];

    public ImmutableArray<HeldBack> HeldBack { get; set; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public Task Completion => _completion.Task;

    public List<LiveSettings> Used { get; } = [];

    public ValueTask UseAsync(LiveSettings settings, CancellationToken cancel)
    {
        lock (Used)
            Used.Add(settings);
        return ValueTask.CompletedTask;
    }

    public void EndFromOutside() => _completion.SetResult();

    public void Break(Exception cause) => _completion.SetException(cause);

    public FakeCache FakeCache { get; } = new();

    public ICacheControl Cache => FakeCache;

    public FakeSnapshots FakeSnapshots { get; } = new();

    public ISnapshotControl Snapshots => FakeSnapshots;

    public IOverlayControl Overlay { get; } = new FakeOverlay();

    public ValueTask<ImmutableArray<ProbeResult>> ProbeAsync(CancellationToken cancel) => ValueTask.FromResult<ImmutableArray<ProbeResult>>(
    [
        new ProbeResult { Source = "web", IsReachable = false, StatMilliseconds = null, File = null, ReadBytes = 0, ReadMilliseconds = null, Error = "no route to host" },
    ]);

    public ViewStatus Status() => new()
    {
        View = "exp",
        Snapshot = _snapshot,
        SnapshotTakenAt = DateTimeOffset.UnixEpoch,
        Sources =
        [
            new SourceStatus
            {
                Id = Source, Name = "web", Kind = "Http", IsReachable = false, LastError = "no route to host", LastAnswerAt = null,
                Requests = 3, Errors = 1, BytesRead = 1 << 20, FirstByteMilliseconds = 30.5, BytesPerSecond = null,
            },
        ],
        Cache = new BlockStoreStatus
        {
            CapacityBytes = 1L << 30, UsedBytes = 1 << 20, Blocks = 4, Payloads = 1, Hits = 5, Misses = 4, Evicted = 0,
            Damaged = 0, Refused = 0, OpenedFrom = "new",
        },
        OpenHandles = 1,
        KnownNodes = 2,
        BytesServed = 10,
        BytesFetched = 20,
        FailedFetches = 0,
        StaleReads = 0,
        PendingWrites = 0,
        HeldBack = HeldBack,
    };

    public ValueTask<Outcome<Explanation>> ExplainAsync(VirtualPath path, CancellationToken cancel) => ValueTask.FromResult(path.ToString() switch
    {
        "/a" or @"/\xFF" => (Outcome<Explanation>)Explain(path),
        "/offline" => FileSystemError.Unreachable,
        _ => FileSystemError.NotFound,
    });

    public ValueTask<PollReport> PollAsync(bool acceptDeletions, CancellationToken cancel)
    {
        _snapshot++;
        if (acceptDeletions) HeldBack = [];
        return ValueTask.FromResult(new PollReport { Directories = 1, HeldBack = HeldBack });
    }

    public ValueTask<UnmountAnswer> UnmountAsync(bool force, CancellationToken cancel)
    {
        UnmountCalls.Add(force);
        if (IsBusy && !force) return ValueTask.FromResult(UnmountAnswer.Refused("1 file is open: close it or use --force"));
        _completion.TrySetResult();
        return ValueTask.FromResult(UnmountAnswer.Done);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private static Explanation Explain(VirtualPath path) => new()
    {
        Path = path.ToString(),
        Kind = "File",
        Version = "00ff",
        SizeBytes = 1 << 20,
        ModifiedAt = DateTimeOffset.UnixEpoch,
        Replicas = [new ReplicaExplanation("web", "/a", "Strong 1048576 B", "Strong", true, "the only one")],
        Cached = [new ByteRange(0, 262144)],
        CachedBytes = 262144,
        FetchedBytes = System.Collections.Immutable.ImmutableDictionary<string, long>.Empty.Add("web", 262144),
        FetchMilliseconds = System.Collections.Immutable.ImmutableDictionary<string, double>.Empty.Add("web", 12.5),
        ServedBytes = 4096,
        OverReadRatio = 64,
        OpenHandles = 1,
        LastFailure = null,
    };
}
