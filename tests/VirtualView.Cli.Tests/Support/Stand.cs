using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Cli.Tests.Support;

/// <summary>Sources that have a name and an id and nothing else.</summary>
internal static class Stand
{
    public static ImmutableArray<ISource> Sources(VirtualViewSection section) => [.. section.Sources.Keys.Select(name => new NamedSource(name))];

    private sealed class NamedSource(string name) : ISource
    {
        public SourceId Id { get; } = new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)));

        public string Name => name;

        public string Kind => "Stand";

        public ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask<SourceOutcome<Validator>> ReadAsync(VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
