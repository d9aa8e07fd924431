using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.CacheControl;

public sealed class PrefetchTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Fact]
    public async Task A_directory_that_nobody_looked_into_is_fetched_with_all_below_it()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var report = await world.Engine.Cache.PrefetchAsync(Paths("/100K"), null, Cancel);
        Assert.Equal((3, 10_500 + 2000 + 1L, 12_501L, 0L), (report.Files, report.Bytes, report.BytesFetched, report.BytesPresent));
        Assert.Equal((null, 0L), (report.Refused, report.ProblemCount));
        Assert.Equal(12_501, world.Store.Status().UsedBytes);
        Assert.Equal(0, world.Store.Leases);
    }

    [Fact]
    public async Task What_is_cached_is_not_fetched_again_and_what_a_glob_does_not_mean_not_at_all()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        await world.Engine.Cache.PrefetchAsync(Paths("/100K/f1.h5"), null, Cancel);
        var report = await world.Engine.Cache.PrefetchAsync(Paths("/**/f?.h5", "/100K/f1.h5"), null, Cancel);
        Assert.Equal((3L, 10_500L, 2000L + 300), (report.Files, report.BytesPresent, report.BytesFetched));
        Assert.Equal(12_800, world.Source.Reads.Sum(read => read.Range.Length));
    }

    [Fact]
    public async Task A_reader_and_a_prefetch_share_one_fetch()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var handle = await world.OpenFileAsync("/100K/f1.h5");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Source.Delay = _ => gate.Task;
        var read = world.ReadAsync(handle, 0, 10_500);
        var fetched = world.Engine.Cache.PrefetchAsync(Paths("/100K/f1.h5"), null, Cancel).AsTask();
        gate.SetResult();
        // It stands back on the clock while the reader waits.
        await world.EndAsync(fetched, TimeSpan.FromMilliseconds(20));
        await read;
        Assert.Equal(10_500, world.Source.Reads.Sum(sent => sent.Range.Length));
    }

    [Fact]
    public async Task What_cannot_fit_is_refused_before_anything_is_asked_for()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        world.Store.CapacityBytes = 12_500;
        var report = await world.Engine.Cache.PrefetchAsync(Paths("/100K"), null, Cancel);
        Assert.Contains("do not fit", report.Refused, StringComparison.Ordinal);
        Assert.Empty(world.Source.Reads);
    }

    [Fact]
    public async Task Pinned_files_of_others_leave_less_room_and_its_own_do_not()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        await world.Engine.Cache.PrefetchAsync(Paths("/100K/f1.h5"), null, Cancel);
        await world.Engine.Cache.PinAsync(Paths("/100K/f1.h5"), Cancel);
        world.Store.CapacityBytes = 12_600;
        Assert.NotNull((await world.Engine.Cache.PrefetchAsync(Paths("/200K", "/100K/f2.h5"), null, Cancel)).Refused);
        Assert.Null((await world.Engine.Cache.PrefetchAsync(Paths("/100K"), null, Cancel)).Refused);
    }

    [Fact]
    public async Task A_file_that_fails_is_named_and_the_others_are_fetched()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        _ = await world.LookupAsync("/100K/f2.h5");
        world.Source.Remove("/100K/f2.h5");
        var report = await world.EndAsync(world.Engine.Cache.PrefetchAsync(Paths("/100K"), null, Cancel).AsTask(), TimeSpan.FromSeconds(1));
        Assert.Equal(10_501, report.BytesFetched);
        Assert.Equal("/100K/f2.h5", Assert.Single(report.Problems).Path);
    }

    [Fact]
    public async Task Paths_that_are_not_there_and_globs_that_match_nothing_are_named()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var report = await world.Engine.Cache.PrefetchAsync(Paths("/none", "/*.none", "/200K/f3.h5"), null, Cancel);
        Assert.Equal((1L, 2L, 300L), (report.Files, report.ProblemCount, report.BytesFetched));
        Assert.Equal(["/none", "/*.none"], report.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public async Task A_cancelled_prefetch_asks_for_nothing_more_and_keeps_what_came()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        using var leave = new CancellationTokenSource();
        var asked = 0;
        world.Source.Delay = cancel =>
        {
            if (++asked > 3) leave.Cancel();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world.Engine.Cache.PrefetchAsync(Paths("/"), null, leave.Token));
        Assert.True(world.Source.Reads.Sum(read => read.Range.Length) < 12_801);
        Assert.Equal(SourceErrorKind.Unreachable, world.Source.BreakWith.Kind);
    }

    [Fact]
    public async Task A_full_store_is_told_of_each_file()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        world.Store.IsFull = true;
        var report = await world.Engine.Cache.PrefetchAsync(Paths("/200K"), null, Cancel);
        Assert.Contains("found no room", Assert.Single(report.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_ends_with_all_files_and_bytes()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var seen = new Seen();
        await world.Engine.Cache.PrefetchAsync(Paths("/100K"), seen, Cancel);
        Assert.Equal(new CacheProgress("fetch", "files", 3, 3, 12_501, 12_501), seen.Last);
    }

    internal static void Fill(FakeSource source)
    {
        source.Put("/100K/f1.h5", FakeSource.Pattern(10_500));
        source.Put("/100K/f2.h5", FakeSource.Pattern(2000));
        source.Put("/100K/deep/er/x.nxs", [1]);
        source.Put("/200K/f3.h5", FakeSource.Pattern(300));
    }

    internal static ImmutableArray<VirtualPath> Paths(params string[] paths) => [.. paths.Select(VirtualPath.Parse)];

    private sealed class Seen : IProgress<CacheProgress>
    {
        private readonly Lock _gate = new();

        public CacheProgress Last { get; private set; }

        public void Report(CacheProgress value)
        {
            // Requests end on several threads, so what comes last may tell of less.
            lock (_gate)
            {
                if (value.Done > Last.Done || value.Bytes > Last.Bytes || value.Step != Last.Step) Last = value;
            }
        }
    }
}
