using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Service;

namespace VirtualView.Cli.Mounting;

/// <summary>What is local in the engine, as the service asks for it.</summary>
internal sealed class OverlayDoor(ViewEngine engine) : IOverlayControl
{
    public ImmutableArray<LocalChange> Changes(ImmutableArray<VirtualPath> paths) =>
        [.. paths.SelectMany(path => engine.LocalChanges?.Below(path) ?? []).DistinctBy(change => change.Path).OrderBy(change => change.Path)];

    public DiscardReport Discard(ImmutableArray<VirtualPath> paths)
    {
        var (discarded, problems) = (new List<LocalChange>(), new List<PathProblem>());
        foreach (var path in paths)
        {
            var changes = engine.LocalChanges?.Below(path) ?? [];
            var error = engine.Discard(path);
            if (error == FileSystemError.None) discarded.AddRange(changes);
            else problems.Add(new PathProblem(path.ToString(), Sentence(error)));
        }

        return new DiscardReport([.. discarded], [.. problems]);
    }

    private static string Sentence(FileSystemError error) => error switch
    {
        FileSystemError.NotFound => "nothing is local there",
        FileSystemError.ReadOnly => "the view is mounted read-only: mount it writable to discard what is local",
        _ => $"it could not be discarded: {error}",
    };
}
