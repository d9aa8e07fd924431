using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources;

/// <summary>
/// A remote store, as every kind of source shows itself. Expected failures are values; only cancellation is thrown.
/// One call is one attempt: deadlines, retries and the choice of another source are the caller's.
/// All methods may be called at the same time from many threads.
/// </summary>
public interface ISource : IAsyncDisposable
{
    SourceId Id { get; }

    /// <summary>What the configuration calls it; only local.</summary>
    string Name { get; }

    /// <summary>The kind as configured: <c>Local</c>, <c>Http</c>, ...</summary>
    string Kind { get; }

    /// <summary>
    /// Everything in a directory, or an error: never a part of it, because what is missing would look deleted.
    /// Entries with illegal names are left out; each name stands once.
    /// </summary>
    ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel);

    /// <summary>One entry, with a validator if it is a file.</summary>
    ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel);

    /// <summary>
    /// Reads <paramref name="range"/>, which lies inside the file, if the file still is what
    /// <paramref name="expected"/> says; else <see cref="SourceErrorKind.Changed"/>. An error may come after a part was
    /// delivered; that part counts. The sink is asked to accept the answer before its first byte. Returns the validator that the answer carried, which may know more than the expected.
    /// </summary>
    ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel);
}
