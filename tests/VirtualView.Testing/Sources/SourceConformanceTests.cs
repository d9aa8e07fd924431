using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using Xunit;

namespace VirtualView.Testing.Sources;

/// <summary>
/// What every kind of source must do (docs/sources.md). A kind derives from this class and says how to set itself up;
/// each test has a source of its own, empty at first.
/// </summary>
public abstract partial class SourceConformanceTests : IAsyncLifetime
{
    // Long ago, so that no validator is racy, and a whole second, so that every protocol can say it.
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);
    private static readonly UnixTime Newer = UnixTime.FromSeconds(1_600_000_010);

    private SourceHarness _harness = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ISource Source => _harness.Source;

    public async ValueTask InitializeAsync() => _harness = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new, empty source. The root directory exists.</summary>
    protected abstract ValueTask<SourceHarness> StartAsync();

    [Fact]
    public void Says_what_it_is()
    {
        Assert.NotEqual(default, Source.Id);
        Assert.NotEmpty(Source.Name);
        Assert.NotEmpty(Source.Kind);
    }

    /// <summary>False for names that the server itself loses, so that no client can ask for them.</summary>
    protected virtual bool CanServe(PathName name) => true;

    /// <summary>What is said of that which would lie below a file.</summary>
    protected virtual SourceErrorKind BelowFile => SourceErrorKind.NotFound;

    /// <summary>Bytes that differ from place to place, and from one seed to the next.</summary>
    protected static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static VirtualPath At(string path) => VirtualPath.Parse(path);

    protected static T Got<T>(SourceOutcome<T> outcome)
    {
        Assert.True(outcome.IsOk, $"{outcome.Error}");
        return outcome.Value;
    }

    /// <summary>Failed as it should, and said why in words.</summary>
    protected static void Failed<T>(SourceErrorKind kind, SourceOutcome<T> outcome)
    {
        Assert.False(outcome.IsOk, $"expected {kind}, got {outcome}");
        Assert.True(kind == outcome.Error.Kind, $"expected {kind}, got {outcome.Error}");
        Assert.NotEmpty(outcome.Error.Message);
    }

    private VirtualPath Put(string path, ReadOnlySpan<byte> content)
    {
        _harness.PutFile(At(path), content, Old);
        return At(path);
    }

    private async Task<Validator> ValidatorOf(VirtualPath path) =>
        Assert.NotNull(Got(await Source.StatAsync(path, Cancel)).Validator);

    private async Task<byte[]> Read(VirtualPath path, long offset, int length)
    {
        var sink = new ArraySink(length);
        Got(await Source.ReadAsync(path, new ByteRange(offset, length), await ValidatorOf(path), sink, Cancel));
        Assert.Equal(length, sink.FilledBytes);
        return sink.Filled.ToArray();
    }
}
