using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// The replicas of one version, and what each must answer with: the validator it was listed with, and whatever the first
/// accepted answer knew beyond it. Also which replicas were found to have another version by now.
/// </summary>
internal sealed class AcceptedValidators
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(SourceId, VirtualPath), Validator> _accepted = []; // guarded by _gate, as all below
    private readonly HashSet<(SourceId, VirtualPath)> _told = [];
    private readonly HashSet<(SourceId, VirtualPath)> _lost = [];
    private ImmutableArray<Replica> _replicas = [];
    private bool _mayLearn;

    /// <param name="mayLearn">
    /// False where bytes of the version are kept and what was learned with them may be forgotten: then an answer that knows
    /// more than is known here could speak of another content.
    /// </param>
    public AcceptedValidators(FileVersion version, bool mayLearn = true) => Renew(version, mayLearn);

    /// <summary>The replicas that may still have the version, the preferred first.</summary>
    public ImmutableArray<Replica> Usable
    {
        get
        {
            lock (_gate)
                return [.. _replicas.Where(replica => !_lost.Contains(Key(replica)))];
        }
    }

    /// <summary>
    /// Takes over the replicas that the snapshot has by now. One that was lost and is shown again gets another chance;
    /// what was accepted of it still binds.
    /// </summary>
    public void Renew(FileVersion version, bool mayLearn = true)
    {
        lock (_gate)
        {
            _mayLearn |= mayLearn;
            _replicas = version.Replicas;
            _lost.Clear();
            foreach (var replica in version.Replicas)
            {
                if (!_accepted.TryAdd(Key(replica), replica.Validator) && _accepted[Key(replica)] is var known && known.Agrees(replica.Validator))
                    _accepted[Key(replica)] = known.Learn(replica.Validator);
            }
        }
    }

    public Validator Expected(Replica replica)
    {
        lock (_gate)
            return _accepted[Key(replica)];
    }

    /// <summary>False when the answer contradicts what was accepted before. Else it is accepted, and learned from.</summary>
    public bool Accept(Replica replica, Validator answer)
    {
        lock (_gate)
        {
            var known = _accepted[Key(replica)];
            if (!known.Agrees(answer) || (!_mayLearn && known.Tag is null && answer.Tag is not null)) return false;
            _accepted[Key(replica)] = known.Learn(answer);
            return true;
        }
    }

    /// <summary>True once for a replica of which more is known than the snapshot says.</summary>
    public bool IsNews(Replica replica)
    {
        lock (_gate)
            return _accepted[Key(replica)] != replica.Validator && _told.Add(Key(replica));
    }

    public void Lose(Replica replica)
    {
        lock (_gate)
            _lost.Add(Key(replica));
    }

    public bool IsLost(Replica replica)
    {
        lock (_gate)
            return _lost.Contains(Key(replica));
    }

    private static (SourceId, VirtualPath) Key(Replica replica) => (replica.Source, replica.Path);
}
