using VirtualView.Core.Versions;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// Puts the replicas of a version in the order in which a request tries them: those whose source answers before those
/// whose source was down at the last call, then by expected finish; equals keep the order of precedence.
/// </summary>
internal sealed class ReplicaSelector(SourceTable sources)
{
    public IEnumerable<(Replica Replica, MeteredSource Source)> InOrder(FileVersion version, AcceptedValidators accepted, long bytes) =>
        version.Replicas
            .Where(replica => !accepted.IsLost(replica))
            .Select(replica => (Replica: replica, Source: sources.Find(replica.Source)))
            .Where(candidate => candidate.Source is not null)
            .Select(candidate => (candidate.Replica, candidate.Source!))
            .OrderBy(candidate => candidate.Item2.Meter.IsDown)
            .ThenBy(candidate => candidate.Item2.Meter.ExpectedDuration(bytes));
}
