using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.Options;
using VirtualView.Engine.Overlay;
using VirtualView.Engine.VirtualFiles;
using VirtualView.Testing.Logs;

namespace VirtualView.Engine.Tests.World;

/// <summary>An engine between fakes, on a clock that stands still until a test moves it.</summary>
internal sealed class TestWorld : IAsyncDisposable
{
    public const int BlockSize = 1000;

    /// <summary>Real time after which something that should happen is taken for lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private ViewEngine? _engine;
    private MortalJournal? _life;

    public FakeSource Source { get; } = new("one");

    public MemoryStore Store { get; } = new(BlockSize);

    public MemoryState State { get; } = new();

    /// <summary>Where snapshots are kept; null: nowhere.</summary>
    public MemoryHistory? History { get; init; }

    public KeepOptions Keep { get; init; } = new();

    public FakeTimeProvider Clock { get; } = new();

    public MemoryJournal Journal { get; } = new();

    public MemoryOverlayFiles Written => field ??= new MemoryOverlayFiles(Clock);

    /// <summary>The view can be written.</summary>
    public bool IsWritable { get; init; }

    public ImmutableArray<VirtualFile> VirtualFiles { get; init; } = [];

    public RecordingLogs Logs { get; } = new();

    public ViewEngine Engine => _engine!;

    public bool IsOpen => _engine is not null;

    public PollOptions Polls { get; init; } = new();

    public IViewFileSystem Files => Engine.FileSystem;

    public IWritableFileSystem Writable => (IWritableFileSystem)Engine.FileSystem;

    public static TimeSpan FetchTimeout { get; } = TimeSpan.FromSeconds(30);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TestWorld> StartAsync(Action<FakeSource>? fill = null)
    {
        var world = new TestWorld();
        fill?.Invoke(world.Source);
        await world.OpenAsync();
        return world;
    }

    /// <summary>Opens an engine; without mappings the one source stands at the root.</summary>
    public async Task OpenAsync(IEnumerable<FakeSource>? sources = null, IEnumerable<MappingOptions>? mappings = null, long readAhead = 0, IEnumerable<ISource>? others = null)
    {
        ImmutableArray<ISource> all = [.. sources ?? [Source], .. others ?? []];
        var options = new EngineOptions
        {
            ViewName = "test",
            Mappings = [.. mappings ?? [new MappingOptions { At = VirtualPath.Root, Sources = [.. all.Select(source => source.Id)] }]],
            FetchTimeout = FetchTimeout,
            MaxRequestBytes = 4 * BlockSize,
            MaxReadAheadBytes = readAhead,
            Polls = Polls,
            Keep = Keep,
            JitterSeed = 1,
        };
        var rooms = new EngineRooms { Sources = all, Blocks = Store, State = State, History = History, Clock = Clock, Logs = Logs, VirtualFiles = VirtualFiles, Overlay = IsWritable ? new OverlayRooms(_life = new MortalJournal(Journal), Written) : null };
        _engine = await ViewEngine.OpenAsync(options, rooms, Cancel);
    }

    public static MappingOptions Mapping(string at, FakeSource source) => new() { At = VirtualPath.Parse(at), Sources = [source.Id] };

    /// <summary>The process dies, and another one starts: the engine that was changes nothing any more, whatever it goes on with.</summary>
    public async Task KillAsync()
    {
        var dead = Engine;
        _life?.Die();
        await OpenAsync();
        await dead.DisposeAsync();
    }

    public async Task RestartAsync(IEnumerable<FakeSource>? sources = null, IEnumerable<MappingOptions>? mappings = null)
    {
        await Engine.DisposeAsync();
        await OpenAsync(sources, mappings);
    }

    public async Task<Outcome<NodeAttributes>> LookupAsync(string path)
    {
        Outcome<NodeAttributes> found = (await Files.GetAttributesAsync(NodeId.Root, Cancel));
        foreach (var name in VirtualPath.Parse(path).Names)
        {
            if (!found.TryGet(out var directory)) return found;
            found = await Files.LookupAsync(directory.Node, name, Cancel);
        }

        return found;
    }

    /// <summary>The names in a directory, without the dots.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string path)
    {
        var directory = (await LookupAsync(path)).Value.Node;
        var handle = (await Files.OpenDirectoryAsync(directory, Cancel)).Value;
        var reply = new ListReply(int.MaxValue);
        Assert.Equal(FileSystemError.None, Files.ReadDirectory(handle, 2, withAttributes: false, reply));
        Files.ReleaseDirectory(handle);
        return [.. reply.Entries.Select(entry => entry.Name)];
    }

    public async Task<HandleId> OpenFileAsync(string path)
    {
        var found = await LookupAsync(path);
        Assert.True(found.IsOk, $"{path}: {found}");
        var handle = await Files.OpenAsync(found.Value.Node, OpenIntent.Read, Cancel);
        Assert.True(handle.IsOk, $"{path}: {handle}");
        return handle.Value;
    }

    public async Task<byte[]> ReadAsync(HandleId handle, long offset, int length)
    {
        var into = new byte[length];
        var outcome = await Files.ReadAsync(handle, offset, into, Cancel);
        Assert.True(outcome.IsOk, $"{outcome.Error}");
        return into[..outcome.Bytes];
    }

    /// <summary>What the snapshot knows of the first replica of a file, as text.</summary>
    public string Validator(string path) => ((FileNode)Engine.Current.Find(VirtualPath.Parse(path))!).Version!.Replicas[0].Validator.ToString();

    /// <summary>Moves the clock in small steps until the task has ended.</summary>
    public Task<T> EndAsync<T>(Task<T> task, TimeSpan step) => EndAsync(Clock, task, step);

    public static async Task<T> EndAsync<T>(FakeTimeProvider clock, Task<T> task, TimeSpan step)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!task.IsCompleted && TimeProvider.System.GetElapsedTime(startedAt) < Patience)
        {
            await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel));
            if (!task.IsCompleted) clock.Advance(step);
        }

        return await task.WaitAsync(Patience, TimeProvider.System, Cancel);
    }

    /// <summary>Waits for what happens in the background without the clock.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Patience, "it never came");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is { } engine) await EndAsync(EndedAsync(engine), TimeSpan.FromSeconds(1));

        static async Task<bool> EndedAsync(ViewEngine engine)
        {
            await engine.DisposeAsync();
            return true;
        }
    }
}
