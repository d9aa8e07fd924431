using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Scale;

/// <summary>A source of many files that holds none of them: it makes each listing anew, as one over the network does.</summary>
internal sealed class Many(int directories, int filesEach) : ISource
{
    public SourceId Id { get; } = new(new Guid(9, 9, 9, new byte[8]));

    public string Name => "many";

    public string Kind => "Fake";

    /// <summary>The tree that polling it makes.</summary>
    public static DirectoryNode Tree(int directories, int filesEach)
    {
        var source = new Many(directories, filesEach);
        return DirectoryNode.Listed(default, Enumerable.Range(0, directories).Select(source.Merged), default);
    }

    public ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel) =>
        ValueTask.FromResult<SourceOutcome<IReadOnlyList<SourceEntry>>>(directory.IsRoot
            ? Enumerable.Range(0, directories).Select(at => new SourceEntry(Directory(at), EntryKind.Directory)).ToList()
            : Listing().ToList());

    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) =>
        ValueTask.FromResult<SourceOutcome<SourceEntry>>(new SourceError(SourceErrorKind.NotFound, "not asked in these tests"));

    public ValueTask<SourceOutcome<Validator>> ReadAsync(VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel) =>
        ValueTask.FromResult<SourceOutcome<Validator>>(new SourceError(SourceErrorKind.NotFound, "not asked in these tests"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static PathName Directory(int at) => PathName.Of($"d{at:00000}");

    public static PathName File(int at) => PathName.Of($"scan_{at:000000}.h5");

    private IEnumerable<SourceEntry> Listing() =>
        Enumerable.Range(0, filesEach).Select(at => new SourceEntry(File(at), EntryKind.File, FakeSource.Weak(1000 + at, 1_700_000_000 + at)));

    private DirectoryNode Merged(int at)
    {
        var mapping = new MappingOptions { At = VirtualPath.Root, Sources = [Id] };
        var directory = new MappedDirectory(mapping, VirtualPath.Root / Directory(at), []);
        ImmutableArray<SourceListing> listings = [new SourceListing(Id, Listing().ToList(), null)];
        return new DirectoryMerge(directory, listings, default).Into(DirectoryNode.Unknown(Directory(at), default));
    }
}
