using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Polling.Names;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.FileSystem;

/// <summary>The sources, as they are now.</summary>
internal sealed class LiveOrigin(
    SnapshotKeeper keeper, DirectoryLister lister, FileResolver resolver, NamesAhead names, Revalidation revalidation) : IOrigin
{
    public bool IsDue(VirtualPath directory) => revalidation.IsDue(directory);

    public bool NeedsAsking(SnapshotNode? entry) => FileResolver.NeedsResolving(entry);

    public ValueTask<FileSystemError> ListAsync(VirtualPath directory, CancellationToken cancel) => lister.ListAsync(directory, cancel);

    public ValueTask ListAgainAsync(VirtualPath directory, CancellationToken cancel) => revalidation.DirectoryAsync(directory, cancel);

    public async ValueTask<FileSystemError> AskAsync(VirtualPath directory, FileNode file, CancellationToken cancel)
    {
        if (!file.HasVersion) return await names.ResolveAsync(directory, file.Name, cancel);
        // A version that was seen before goes on to be shown while nobody can be asked.
        await resolver.ResolveAsync(directory / file.Name, cancel);
        return FileSystemError.None;
    }

    public async ValueTask BeforeOpenAsync(Node file, FileVersion version, CancellationToken cancel)
    {
        // A doubtful version is asked for again: when it has aged, the name leads to another node.
        if (FileResolver.IsRacy(version)) await resolver.ResolveAsync(file.Path, cancel);
        else if (!file.IsSuperseded && revalidation.IsDueToOpen(file.Path)) await revalidation.FileAsync(file.Path, cancel);
    }

    /// <summary>As the snapshot knows it by now: the same one, but more may have been learned of it.</summary>
    public KnownVersion Newest(VirtualPath path, FileVersion version) => keeper.Known(path, version);

    public FileVersion? Aged(VirtualPath path, FileVersion young) =>
        FileResolver.IsRacy(young) && (keeper.Current.Find(path) as FileNode)?.Version is { } now && Aging.Led(young, now) ? now : null;
}
