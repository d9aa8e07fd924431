using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// What each replica of one version must answer with: the validator it was listed with, and whatever the first accepted
/// answer knew beyond it. Also which replicas were found not to have the version any more.
/// </summary>
internal sealed class AcceptedValidators(FileVersion version)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Replica, Validator> _accepted = version.Replicas.ToDictionary(replica => replica, replica => replica.Validator); // guarded by _gate
    private readonly HashSet<Replica> _told = []; // guarded by _gate
    private readonly HashSet<Replica> _lost = []; // guarded by _gate

    public Validator Expected(Replica replica)
    {
        lock (_gate)
            return _accepted[replica];
    }

    /// <summary>False when the answer contradicts what was accepted before. Else it is accepted, and learned from.</summary>
    public bool Accept(Replica replica, Validator answer)
    {
        lock (_gate)
        {
            var known = _accepted[replica];
            if (!known.Agrees(answer)) return false;
            _accepted[replica] = known.Learn(answer);
            return true;
        }
    }

    /// <summary>True once for a replica of which more is known than the snapshot says.</summary>
    public bool IsNews(Replica replica)
    {
        lock (_gate)
            return _accepted[replica] != replica.Validator && _told.Add(replica);
    }

    public void Lose(Replica replica)
    {
        lock (_gate)
            _lost.Add(replica);
    }

    /// <summary>The snapshot shows the version still, or again: every replica is asked once more.</summary>
    public void FindAgain()
    {
        lock (_gate)
            _lost.Clear();
    }

    public bool IsLost(Replica replica)
    {
        lock (_gate)
            return _lost.Contains(replica);
    }
}
