using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Engine.Tests.Polling;

/// <summary>How often the background asks whom, on one thread and a clock that moves when nothing else can.</summary>
public sealed class AdaptivePollTests
{
    private readonly SeededScheduler _scheduler = new(1);
    private PollOptions _polls = new();

    [Fact]
    public void Each_mapping_has_its_own_interval()
    {
        var (fast, slow) = (new FakeSource("fast"), new FakeSource("slow"));
        fast.Put("/f", [1]);
        slow.Put("/f", [1]);
        var before = 0;
        Follow([Mapping("/fast", fast, 5), Mapping("/slow", slow, 3600)], [fast, slow], async engine =>
        {
            await LookAsync(engine, "/fast", "f");
            await LookAsync(engine, "/slow", "f");
            before = slow.Calls;
            await PassAsync(20);
            Assert.True(fast.Calls >= 3, $"{fast.Calls} calls in four intervals");
            Assert.Equal(before, slow.Calls);
        });
    }

    [Fact]
    public void A_silent_source_of_one_mapping_does_not_stop_the_other()
    {
        var (alive, silent) = (new FakeSource("alive"), new FakeSource("silent"));
        alive.Put("/f", [1]);
        silent.Put("/f", [1]);
        Follow([Mapping("/alive", alive, 30), Mapping("/silent", silent, 30)], [alive, silent], async engine =>
        {
            await LookAsync(engine, "/alive", "f");
            await LookAsync(engine, "/silent", "f");
            silent.Delay = cancel => Task.Delay(Timeout.InfiniteTimeSpan, _scheduler.Clock, cancel);
            alive.Put("/new", [1]);
            await PassAsync(40);
            Assert.NotNull(engine.Current.Find(VirtualPath.Parse("/alive/new")));
        });
    }

    [Fact]
    public void What_neither_changes_nor_is_used_is_asked_for_ever_more_rarely_and_then_at_the_bound()
    {
        var source = new FakeSource("one");
        source.Put("/d/f", [1]);
        Follow([Mapping("/", source, 30)], [source], async engine =>
        {
            await LookAsync(engine, "d", "f");
            await PassAsync(45 * 60);
            var before = source.Calls;
            await PassAsync(40 * 60);
            // Two directories, every 8 minutes instead of every half.
            Assert.InRange(source.Calls - before, 8, 12);
        });
    }

    [Fact]
    public void A_directory_that_changes_is_not_starved_by_thousands_that_do_not()
    {
        var source = new FakeSource("one");
        for (var at = 0; at < 3000; at++) source.PutDirectory($"/d{at}");
        source.Put("/hot/f", [1]);
        Follow([Mapping("/", source, 30)], [source], async engine =>
        {
            for (var at = 0; at < 3000; at++) await LookAsync(engine, $"d{at}", "none");
            await LookAsync(engine, "hot", "f");
            await PassAsync(1000);
            for (var round = 2; round < 6; round++)
            {
                source.Put("/hot/f", new byte[round], seconds: 1000 + round);
                var passed = 0;
                while (((FileNode)engine.Current.Find(VirtualPath.Parse("/hot/f"))!).Version!.SizeBytes != round && passed++ < 600) await PassAsync(1);
                // The first time it is cold, or half-way there; from then on it is known to change.
                Assert.InRange(passed, 0, round == 2 ? 550 : 40);
            }
        });
    }

    [Fact]
    public void No_more_directories_are_listed_in_a_second_than_is_allowed()
    {
        var source = new FakeSource("one");
        for (var at = 0; at < 1000; at++) source.PutDirectory($"/d{at}");
        Follow([Mapping("/", source, 30)], [source], async engine =>
        {
            for (var at = 0; at < 1000; at++) await LookAsync(engine, $"d{at}", "none");
            for (var second = 0; second < 100; second++)
            {
                var before = source.Calls;
                await PassAsync(1);
                Assert.InRange(source.Calls - before, 0, 50 + 8);
            }
        });
    }

    [Fact]
    public void What_nobody_looked_into_is_never_listed()
    {
        var source = new FakeSource("one");
        source.Put("/lazy/f", [1]);
        Follow([Mapping("/", source, 30)], [source], async engine =>
        {
            await LookAsync(engine, "lazy");
            await engine.PollAsync(acceptDeletions: false, CancellationToken.None);
            await PassAsync(1000);
            Assert.False(((DirectoryNode)engine.Current.Find(VirtualPath.Parse("/lazy"))!).IsListed);
        });
    }

    [Fact]
    public void Much_that_is_missing_in_one_directory_makes_the_poll_look_at_all_before_it_believes_it()
    {
        var source = new FakeSource("one");
        for (var directory = 0; directory < 10; directory++)
        {
            for (var file = 0; file < 10; file++) source.Put($"/d{directory}/f{file}", [1]);
        }

        Follow([Mapping("/", source, 30)], [source], async engine =>
        {
            for (var directory = 0; directory < 10; directory++) await LookAsync(engine, $"d{directory}", "f0");
            await PassAsync(3600);
            for (var directory = 0; directory < 9; directory++)
            {
                for (var file = 0; file < 10; file++) source.Remove($"/d{directory}/f{file}");
            }

            // Only d0 is hot: a tenth, which alone would be believed.
            await LookAsync(engine, "d0");
            await PassAsync(500);
            Assert.Equal(90, Assert.Single(engine.Status().HeldBack).Missing);
        });
    }

    [Fact]
    public void Mappings_of_one_source_share_what_it_is_asked_in_a_second()
    {
        var source = new FakeSource("one");
        for (var at = 0; at < 600; at++) source.PutDirectory($"/d{at}");
        Follow([Mapping("/a", source, 1), Mapping("/b", source, 1)], [source], async engine =>
        {
            for (var at = 0; at < 600; at++)
            {
                await LookAsync(engine, "a", $"d{at}", "none");
                await LookAsync(engine, "b", $"d{at}", "none");
            }

            await PassAsync(10);
            var before = source.Calls;
            await PassAsync(20);
            Assert.InRange(source.Calls - before, 500, (20 * 50) + 20);
        });
    }

    [Fact]
    public void Other_options_hold_at_once_also_for_who_waits_by_the_old_ones()
    {
        var source = new FakeSource("one");
        source.Put("/hot/f", [1]);
        source.Put("/cold/f", [1]);
        Follow([Mapping("/", source, 7 * 24 * 3600)], [source], async engine =>
        {
            await LookAsync(engine, "cold", "f");
            await LookAsync(engine, "hot", "f");
            await PassAsync(3600);
            var before = source.Calls;
            await PassAsync(3600);
            Assert.Equal(before, source.Calls);

            engine.UsePolls(new PollOptions { Interval = TimeSpan.FromSeconds(10), MaxInterval = TimeSpan.FromSeconds(60) });
            source.Put("/cold/new", [1]);
            source.Put("/hot/new", [1]);
            await PassAsync(70);

            Assert.NotNull(engine.Current.Find(VirtualPath.Parse("/hot/new")));
            Assert.NotNull(engine.Current.Find(VirtualPath.Parse("/cold/new")));
            engine.UsePolls(new PollOptions { Interval = TimeSpan.FromDays(1), MaxInterval = TimeSpan.FromDays(1) });
            await PassAsync(1);
            before = source.Calls;
            await PassAsync(3600);
            Assert.Equal(before, source.Calls);
        });
    }

    private MappingOptions Mapping(string at, FakeSource source, int seconds)
    {
        var mapping = TestWorld.Mapping(at, source);
        _polls = _polls with { Intervals = _polls.Intervals.SetItem(mapping.At, TimeSpan.FromSeconds(seconds)) };
        return mapping;
    }

    private static async Task LookAsync(ViewEngine engine, params string[] names)
    {
        var node = NodeId.Root;
        foreach (var name in names)
        {
            var found = await engine.FileSystem.LookupAsync(node, PathName.Of(name.TrimStart('/')), CancellationToken.None);
            if (!found.IsOk) return;
            node = found.Value.Node;
        }
    }

    private Task PassAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), _scheduler.Clock);

    private void Follow(MappingOptions[] mappings, FakeSource[] sources, Func<ViewEngine, Task> use) => _scheduler.Run(async () =>
    {
        var options = new EngineOptions { ViewName = "test", Mappings = [.. mappings], JitterSeed = 1, MaxReadAheadBytes = 0, Polls = _polls };
        var rooms = new EngineRooms
        {
            Sources = [.. sources],
            Blocks = new MemoryStore(TestWorld.BlockSize),
            State = new MemoryState(),
            Clock = _scheduler.Clock,
            Logs = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
        };
        await using var engine = await ViewEngine.OpenAsync(options, rooms, CancellationToken.None);
        await use(engine);
    });
}
