using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Polling.Deletions;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Polling;

/// <summary>What may be believed of the listings of one directory: what they show at once, what they lack if it is little and confirmed.</summary>
internal sealed class ListingTrust(
    VirtualPath path, MappedDirectory directory, DirectoryNode previous, SourceListing[] answers, DeletionMode deletions, AbsenceCheck absence, DeletionGuard guard)
{
    private ImmutableList<SourceId> _confirmed = [];

    /// <summary>True when something is missing that may be there again at the next look.</summary>
    public bool HasDoubts { get; private set; }

    public async Task<SourceListing> ConfirmAsync(MeteredSource source, SourceListing answer, CancellationToken stop)
    {
        if (!answer.IsKnown) return answer;
        var (missing, isRootEmpty) = absence.Missing(source, path, directory, answers, previous);
        if (!guard.MayGo(source.Id, path, missing, isRootEmpty, deletions))
        {
            HasDoubts = true;
            if (isRootEmpty) return AbsenceCheck.Distrust(source);
            return answer with { HeldBack = [.. missing.Select(node => node.Name)] };
        }

        if (missing.Count > 0) ImmutableInterlocked.Update(ref _confirmed, sources => sources.Add(source.Id));
        if (directory.PathAtSource.IsRoot) source.Meter.Trusted();
        if (answer.Entries is not null) return await absence.ConfirmAsync(source, path, directory, answer, missing, previous, stop);
        return deletions == DeletionMode.Accept ? answer : await AbsenceCheck.ConfirmGoneAsync(source, directory.PathAtSource, answer.Error!, missing, stop);
    }

    /// <summary>What may go has gone.</summary>
    public void Applied()
    {
        foreach (var source in _confirmed)
            guard.Gone(source, path, deletions);
    }
}
