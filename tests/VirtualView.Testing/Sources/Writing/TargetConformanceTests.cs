using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using Xunit;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>
/// What every target must do (docs/write-back.md). A kind derives from this class and says how to set itself up; each
/// test has a target of its own, empty at first.
/// </summary>
public abstract partial class TargetConformanceTests : IAsyncLifetime
{
    // Long ago, so that no validator is racy, and whole seconds, so that every protocol can say them.
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);
    private static readonly UnixTime Newer = UnixTime.FromSeconds(1_600_000_010);
    private static readonly UnixTime Newest = UnixTime.FromSeconds(1_600_000_020);
    private static readonly WriterId Writer = new(Guid.Parse("1b0cbe5e-3e0a-4d9e-8a52-6f3a9c1d7e01"));

    private TargetHarness _harness = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IWriteTarget Target => _harness.Target;

    private ISource Source => _harness.Source.Source;

    public async ValueTask InitializeAsync() => _harness = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new, empty target. The root directory exists.</summary>
    protected abstract ValueTask<TargetHarness> StartAsync();

    protected static VirtualPath At(string path) => VirtualPath.Parse(path);

    protected static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static Upload Make(VirtualPath path, byte[] content, UnixTime modifiedAt) => new()
    {
        Writer = Writer,
        Id = new UploadId(Guid.NewGuid()),
        Path = path,
        Content = new ArrayContent(content),
        ModifiedAt = modifiedAt,
    };

    protected static T Got<T>(WriteOutcome<T> outcome)
    {
        Assert.True(outcome.IsOk, $"{outcome.Error}");
        return outcome.Value;
    }

    protected static T Got<T>(SourceOutcome<T> outcome)
    {
        Assert.True(outcome.IsOk, $"{outcome.Error}");
        return outcome.Value;
    }

    /// <summary>Failed as it should, and said why in words.</summary>
    protected static WriteError Failed<T>(WriteErrorKind kind, WriteOutcome<T> outcome)
    {
        Assert.False(outcome.IsOk, $"expected {kind}, got {outcome}");
        Assert.True(kind == outcome.Error.Kind, $"expected {kind}, got {outcome.Error}");
        Assert.NotEmpty(outcome.Error.Message);
        return outcome.Error;
    }

    protected async Task<Validator> ValidatorOf(VirtualPath path) =>
        Assert.NotNull(Got(await Source.StatAsync(path, Cancel)).Validator);

    protected async Task<byte[]> Read(VirtualPath path)
    {
        var validator = await ValidatorOf(path);
        var sink = new ArraySink((int)validator.SizeBytes);
        Got(await Source.ReadAsync(path, new ByteRange(0, validator.SizeBytes), validator, sink, Cancel));
        return sink.Filled.ToArray();
    }

    /// <summary>All that a reader sees, below one directory.</summary>
    protected async Task<string[]> Names(VirtualPath directory) =>
        [.. Got(await Source.ListAsync(directory, Cancel)).Select(entry => entry.Name.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>In the way a worker would, or in one go.</summary>
    protected async Task<WriteOutcome<TargetEntry>> Publish(Upload upload, TargetCondition condition, bool inOneGo)
    {
        if (inOneGo) return await Target.PutAsync(upload, condition, Cancel);
        var staged = await Target.StageAsync(upload, Cancel);
        return staged.IsOk ? await Target.CommitAsync(upload, staged.Value, condition, Cancel) : staged.Error;
    }

    private VirtualPath Put(string path, ReadOnlySpan<byte> content) => Put(path, content, Old);

    private VirtualPath Put(string path, ReadOnlySpan<byte> content, UnixTime modifiedAt)
    {
        _harness.Source.PutFile(At(path), content, modifiedAt);
        return At(path);
    }
}
