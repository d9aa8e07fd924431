using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Cli.Tests.Support;

/// <summary>A source whose every listing is the same answer.</summary>
internal sealed class AnsweringSource(string name, Func<CancellationToken, ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>>> answer) : ISource
{
    public SourceId Id { get; } = new(Guid.NewGuid());

    public string Name => name;

    public string Kind => "Answering";

    public static AnsweringSource Empty(string name) =>
        new(name, _ => ValueTask.FromResult<SourceOutcome<IReadOnlyList<SourceEntry>>>(Array.Empty<SourceEntry>()));

    public static AnsweringSource Failing(string name, SourceErrorKind kind, string message) =>
        new(name, _ => ValueTask.FromResult<SourceOutcome<IReadOnlyList<SourceEntry>>>(new SourceError(kind, message)));

    public ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel) => answer(cancel);

    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<SourceOutcome<Validator>> ReadAsync(VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
