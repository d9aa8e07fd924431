using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.State;
using VirtualView.Engine.CacheControl;
using VirtualView.Service;

namespace VirtualView.Cli.Tests.Support;

/// <summary>A cache that does what the test says, and remembers what it was asked.</summary>
internal sealed class FakeCache : ICacheControl
{
    public List<ImmutableArray<VirtualPath>> Asked { get; } = [];

    /// <summary>What a prefetch does before it answers.</summary>
    public Func<IProgress<CacheProgress>?, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    public async ValueTask<PrefetchReport> PrefetchAsync(ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel)
    {
        Asked.Add(paths);
        await Work(progress, cancel);
        return new PrefetchReport { Files = 2, Bytes = 300, BytesPresent = 100, BytesFetched = 200, Refused = null, ProblemCount = 0, Problems = [] };
    }

    public ValueTask<PinReport> PinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel)
    {
        Asked.Add(paths);
        return ValueTask.FromResult(Pins());
    }

    public ValueTask<PinReport> UnpinAsync(ImmutableArray<VirtualPath> paths, CancellationToken cancel) => PinAsync(paths, cancel);

    public PinReport Pins() => new()
    {
        Pins = [new PinRule("/a", IsGlob: false, DateTimeOffset.UnixEpoch)], Policies = ["/**/*.nxs"], Changed = 1, Files = 1, Problems = [],
    };

    public ValueTask<EvictReport> EvictAsync(ImmutableArray<VirtualPath> paths, IProgress<CacheProgress>? progress, CancellationToken cancel)
    {
        Asked.Add(paths);
        return ValueTask.FromResult(new EvictReport { Files = 1, BytesFreed = 100, ProblemCount = 1, Problems = [new PathProblem("/b", "it is pinned: unpin it first")] });
    }

    public ValueTask<VerifyReport> VerifyAsync(bool repair, IProgress<CacheProgress>? progress, CancellationToken cancel) => ValueTask.FromResult(new VerifyReport
    {
        Blocks = 4, Bytes = 1000, Damaged = 1, Missing = 0, Strays = 0, IsRepaired = repair, Refetched = repair ? 1 : 0,
        Damage = [new DamagedPart("/a", "00ff", 0, repair ? "refetched" : "damaged")],
    });
}
