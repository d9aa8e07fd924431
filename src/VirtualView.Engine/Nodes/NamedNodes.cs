using VirtualView.Core.Paths;

namespace VirtualView.Engine.Nodes;

/// <summary>
/// Nodes of one directory by name: a hash table of bare references, because each node knows its name, with linear
/// probing. A dictionary would cost five times as much for each of a million files. Not safe for several threads.
/// </summary>
internal sealed class NamedNodes
{
    private const int FirstSlots = 4;

    private Node?[] _slots = [];

    public int Count { get; private set; }

    public Node? Find(PathName name) => Count == 0 ? null : _slots[SlotOf(name)];

    /// <summary>Adds a node whose name is not there yet.</summary>
    public void Add(Node node)
    {
        // At most 7 of 8 slots are taken, so that a search always meets an empty one soon.
        if ((Count + 1) * 8L > _slots.Length * 7L) Resize(Math.Max(FirstSlots, _slots.Length * 2));
        _slots[SlotOf(node.Name)] = node;
        Count++;
    }

    /// <summary>False, and nothing is removed, when the name leads to another node or to none.</summary>
    public bool Remove(Node node)
    {
        if (Count == 0) return false;
        var at = SlotOf(node.Name);
        if (!ReferenceEquals(_slots[at], node)) return false;
        _slots[at] = null;
        Count--;
        CloseGap(at);
        if (Count * 8L < _slots.Length) Resize(_slots.Length / 4);
        return true;
    }

    /// <summary>Where the name is, or the empty slot where it would be.</summary>
    private int SlotOf(PathName name)
    {
        var at = HomeOf(name);
        while (_slots[at] is { } other && other.Name != name)
            at = Next(at);
        return at;
    }

    /// <summary>What was pushed past the slot that became empty moves up, or a search would end before it.</summary>
    private void CloseGap(int gap)
    {
        for (var at = Next(gap); _slots[at] is { } node; at = Next(at))
        {
            var home = HomeOf(node.Name);
            var fromHome = (at - home) & (_slots.Length - 1);
            var fromGap = (at - gap) & (_slots.Length - 1);
            if (fromHome < fromGap) continue;
            (_slots[gap], _slots[at]) = (node, null);
            gap = at;
        }
    }

    private void Resize(int slots)
    {
        var before = _slots;
        _slots = slots == 0 ? [] : new Node?[slots];
        foreach (var node in before)
        {
            if (node is not null) _slots[SlotOf(node.Name)] = node;
        }
    }

    private int HomeOf(PathName name) => name.GetHashCode() & (_slots.Length - 1);

    private int Next(int slot) => (slot + 1) & (_slots.Length - 1);
}
