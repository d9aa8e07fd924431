using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Polling.Names;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Asks the sources for one file: where a listing gave only its name, where its version was seen racy and may have aged
/// by now, or where a read found another version.
/// </summary>
internal sealed class FileResolver(SnapshotKeeper keeper, MappingTable mappings, SourceTable sources, DeletionGuard guard, TimeProvider clock)
{
    public static bool NeedsResolving(SnapshotNode? node) =>
        node is FileNode { HasVersion: false } or FileNode { IsRacy: true };

    public static bool IsRacy(FileVersion version) => version.Replicas[0].Validator.Strength == ValidatorStrength.Racy;

    /// <summary>
    /// Puts what the sources say into the snapshot, by the same rules as a listing. A file that no source has goes; one
    /// that nobody can be asked for stays as it was. If the entry changed meanwhile, whoever changed it knew better.
    /// </summary>
    public async ValueTask<FileSystemError> ResolveAsync(VirtualPath path, CancellationToken cancel)
    {
        if (await AskAsync(path, isAhead: false, () => false, cancel) is not { } answer) return FileSystemError.NotFound;
        if (answer.Failure is null) keeper.Update(path, answer.Into);
        return answer.Error;
    }

    /// <summary>Only asks. Null when there is no such file, or when it was not asked for in the end.</summary>
    /// <param name="isAhead">True when nobody waits for it: then it takes its turn among those of each source.</param>
    /// <param name="isCalledOff">Looked at when its turn has come.</param>
    public async ValueTask<FileAnswer?> AskAsync(VirtualPath path, bool isAhead, Func<bool> isCalledOff, CancellationToken cancel)
    {
        if (mappings.Covering(path) is not { } mapping) return null;
        MeteredSource[] asked = [.. mapping.Sources.Select(sources.Find).OfType<MeteredSource>()];
        var turns = isAhead ? sources.All.Where(asked.Contains).Select(source => source.QuestionsAhead).ToList() : [];
        var taken = 0;
        try
        {
            // In the order of the table, always the same: or two could each wait for what the other one has.
            foreach (var turn in turns)
            {
                await turn.TakeAsync(1, cancel);
                taken++;
            }

            return isCalledOff() || keeper.Current.Find(path) is not FileNode before ? null : await AskAsync(asked, path, mapping, before, cancel);
        }
        finally
        {
            foreach (var turn in turns.Take(taken))
                turn.Return(1);
        }
    }

    private async ValueTask<FileAnswer> AskAsync(MeteredSource[] asked, VirtualPath path, MappingOptions mapping, FileNode before, CancellationToken cancel)
    {
        var below = path.RelativeTo(mapping.At);
        var merge = new EntryMerge(below.Parent, mapping.Same, UnixTime.From(clock.GetUtcNow()));
        var answers = await Task.WhenAll(asked.Select(source => AskAsync(source, path, below, before, merge, cancel)));

        var failure = answers.Select(answer => answer.Failure).OfType<SourceError>().FirstOrDefault();
        if (failure is not null && answers.All(answer => answer.Failure is not null || answer.Shown is null))
            return new FileAnswer(path.Name, before, before, failure.Kind);
        var candidates = answers.Select(answer => answer.Shown).OfType<Candidate>().ToList();
        return new FileAnswer(path.Name, before, candidates.Count == 0 ? null : merge.Into(path.Name, candidates, before), null);
    }

    private async Task<(Candidate? Shown, SourceError? Failure)> AskAsync(
        MeteredSource source, VirtualPath path, VirtualPath at, FileNode before, EntryMerge merge, CancellationToken cancel)
    {
        var stat = await source.StatAsync(at, cancel);
        if (stat.IsOk) return (new Candidate(source.Id, stat.Value with { Name = path.Name }), null);
        if (stat.Error.Kind != SourceErrorKind.NotFound) return Unasked(stat.Error);
        // A name that is held back has no version to go on with; still it is not gone.
        if (before.Version is null && guard.Lacks(source.Id, path)) return Unasked(new SourceError(SourceErrorKind.Unreachable, $"{source.Name}: {stat.Error.Message}; that is not believed"));
        if (before.Version?.Replicas.Any(replica => replica.Source == source.Id) != true) return (null, null);
        if (await AbsenceCheck.DoubtAsync(source, cancel) is { } doubt) return Unasked(doubt);
        // An export that was away for the first question may be back by now: its root says nothing of the time before.
        var again = await source.StatAsync(at, cancel);
        if (again.IsOk) return (new Candidate(source.Id, again.Value with { Name = path.Name }), null);
        if (again.Error.Kind != SourceErrorKind.NotFound) return Unasked(again.Error);
        return guard.MayGo(source.Id, path, before) ? (null, null) : Unasked(stat.Error);

        (Candidate?, SourceError?) Unasked(SourceError error) => (before.Version is null ? null : merge.Kept(source.Id, before), error);
    }
}
