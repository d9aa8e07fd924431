using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;
using VirtualView.Engine.Status;

namespace VirtualView.Engine.Past;

/// <summary>Says of a path in a snapshot what can be read of it, and why the rest cannot.</summary>
internal sealed class PastExplanation(ViewSnapshots snapshots, SnapshotKeeper live, StatusReport report, SourceTable sources)
{
    public async ValueTask<Outcome<Explanation>> ExplainAsync(PastPath past, CancellationToken cancel)
    {
        var opened = await snapshots.OpenAsync(past.Snapshot.ToString(), cancel);
        if (!opened.TryGet(out var view)) return opened.Error;
        using (view)
        {
            var error = await FillAsync(view, past.Path, cancel);
            var snapshot = view.Parts.Keeper.Current;
            if (Resolve(snapshot, past.Path) is not { } at) return FileSystemError.NotFound;
            var explained = report.Explain(snapshot, at);
            if (!explained.TryGet(out var explanation))
                return error is FileSystemError.None or FileSystemError.NotFound ? explained.Error : error;
            return Past(past with { Path = at }, explanation, error, snapshot.Find(at)!);
        }
    }

    /// <summary>Brings the directories on the way into memory, links followed.</summary>
    private static async ValueTask<FileSystemError> FillAsync(SnapshotView view, VirtualPath path, CancellationToken cancel)
    {
        var keeper = view.Parts.Keeper;
        while (Resolve(keeper.Current, path) is { } resolved)
        {
            // Also the last name, if it is a directory: whether it was listed is what may be asked.
            var next = Enumerable.Range(0, resolved.Names.Length + 1)
                .Select(depth => VirtualPath.Of(resolved.Names.Take(depth)))
                .FirstOrDefault(above => keeper.Current.Find(above) is DirectoryNode { IsListed: false }, resolved);
            if (keeper.Current.Find(next) is not DirectoryNode { IsListed: false }) return FileSystemError.None;
            var error = await view.Parts.Origin.ListAsync(next, cancel);
            if (error != FileSystemError.None) return error;
        }

        return FileSystemError.NotFound;
    }

    private static VirtualPath? Resolve(Snapshot snapshot, VirtualPath path) => LinkedPath.Resolve(path, at => (snapshot.Find(at) as SymlinkNode)?.Target);

    private Explanation Past(PastPath path, Explanation explanation, FileSystemError error, SnapshotNode node)
    {
        if (node is DirectoryNode)
        {
            return explanation with
            {
                Path = path.ToString(),
                Note = error == FileSystemError.NotRecorded ? "what it holds is not known: nobody had looked into it by then" : null,
            };
        }

        if (node is not FileNode { Version: { } version }) return explanation with { Path = path.ToString() };
        ImmutableArray<ReplicaExplanation> replicas = [.. explanation.Replicas.Zip(version.Replicas, (said, replica) => Judge(said, path.Path, version, replica))];
        return explanation with { Path = path.ToString(), Replicas = replicas, Note = Note(explanation, replicas) };
    }

    /// <summary>What the view knows of the source by now, where no read has found it out yet.</summary>
    private ReplicaExplanation Judge(ReplicaExplanation said, VirtualPath path, FileVersion version, Replica replica)
    {
        if (!said.IsUsed || live.NewestOf(path, version) is not null) return said;
        var now = live.Current.Find(path);
        if (now is FileNode { Version: { } other } && other.Replicas.FirstOrDefault(copy => copy.Source == replica.Source) is { } copy && !copy.Validator.Agrees(replica.Validator))
            return said with { IsUsed = false, Why = $"not used: {sources.NameOf(replica.Source)} has another version by now" };
        return now is null && live.Current.Find(path.Parent) is DirectoryNode { IsListed: true }
            ? said with { IsUsed = false, Why = $"not used: {sources.NameOf(replica.Source)} does not show the file any more" }
            : said;
    }

    private static string Note(Explanation file, ImmutableArray<ReplicaExplanation> replicas)
    {
        if (file.CachedBytes >= file.SizeBytes) return "all of it is cached";
        var cached = $"{new ByteSize(file.CachedBytes)} of {new ByteSize(file.SizeBytes)} are cached";
        return replicas.Any(replica => replica.IsUsed)
            ? $"{cached}; the rest is read from a source if it still has this very version, else it ends with ESTALE"
            : $"{cached}; reading the rest ends with ESTALE: no source has this version any more";
    }
}
