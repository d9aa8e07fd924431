using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Cli.Mounting;

/// <summary>
/// A source of a view that is mounted for the first time: what it listed at the first contact answers the first look into
/// the view too, if that comes at once. It does not own the source.
/// </summary>
internal sealed class FirstRoot(ISource source, TimeProvider clock) : ISource
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private Held? _held;
    private int _asked;

    public SourceId Id => source.Id;

    public string Name => source.Name;

    public string Kind => source.Kind;

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        if (!directory.IsRoot) return await source.ListAsync(directory, cancel);
        if (Interlocked.Exchange(ref _held, null) is { } held && clock.GetElapsedTime(held.BeganAt) < Age) return held.Listing;
        var beganAt = clock.GetTimestamp();
        var listing = await source.ListAsync(directory, cancel);
        if (listing.IsOk && Interlocked.Exchange(ref _asked, 1) == 0) Volatile.Write(ref _held, new Held(listing, beganAt));
        return listing;
    }

    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) => source.StatAsync(path, cancel);

    public ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel) =>
        source.ReadAsync(path, range, expected, sink, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Held(SourceOutcome<IReadOnlyList<SourceEntry>> Listing, long BeganAt);
}
