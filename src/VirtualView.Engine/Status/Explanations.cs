using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Names;

namespace VirtualView.Engine.Status;

/// <summary>What is known of a path of the view: what the sources have there, and what of it is local.</summary>
internal sealed class Explanations(MergedPaths paths, StatusReport sources, LocalChanges? changes)
{
    public Outcome<Explanation> Explain(VirtualPath path)
    {
        if (LinkedPath.Resolve(path, paths.LinkAt) is not { } resolved) return FileSystemError.NotFound;
        var place = paths.PlaceOf(resolved);
        if (place.Inode is { } inode) return Local(resolved, inode);
        if (place.Source is not { } source) return FileSystemError.NotFound;
        var explained = sources.Explain(source);
        return explained.TryGet(out var explanation) ? explanation with { Path = resolved.ToString() } : explained;
    }

    private Explanation Local(VirtualPath path, LocalInode inode)
    {
        var change = changes!.At(path);
        var shown = LocalNodeAttributes.Of(inode);
        var basePath = inode.Record.BaseDirectory ?? inode.File?.Base?.Path;
        var explanation = inode.File?.Base is { } over
            ? sources.Explain(over.Path, over.Version) with { Path = path.ToString(), SizeBytes = shown.SizeBytes, ModifiedAt = shown.ModifiedAt.ToDateTimeOffset() }
            : Explanation.WithoutVersion(path, inode.Kind, inode.Kind == EntryKind.Directory ? 0 : shown.SizeBytes, shown.ModifiedAt);
        var target = inode.Kind == EntryKind.Symlink ? ByteText.Show(inode.Record.Target.AsSpan()) : null;
        return explanation with
        {
            Target = target,
            Local = change is null ? null : new LocalExplanation(LocalExplanation.WordFor(change.Kind), basePath?.ToString(), change.WrittenBytes, change.IsOutdated),
        };
    }
}
