using VirtualView.Core.Versions;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// Puts the replicas of a version in the order in which a request tries them: those whose source answers before those
/// whose source was down at the last call or asked to be left alone, then by expected finish; equals keep the order of precedence.
/// </summary>
internal sealed class ReplicaSelector(SourceTable sources)
{
    public List<(Replica Replica, MeteredSource Source)> InOrder(AcceptedValidators accepted, long bytes) =>
    [
        .. accepted.Usable
            .Select(replica => (Replica: replica, Source: sources.Find(replica.Source)))
            .Where(candidate => candidate.Source is not null)
            .Select(candidate => (candidate.Replica, Source: candidate.Source!))
            .OrderBy(candidate => candidate.Source.Meter.IsDown || candidate.Source.Throttle.InsteadOfAsking() is not null)
            .ThenBy(candidate => candidate.Source.Meter.ExpectedDuration(bytes)),
    ];
}
