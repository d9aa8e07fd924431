namespace VirtualView.Engine.Nodes;

/// <summary>
/// Nodes by id. Ids count up and are never used again, so a page of neighbours is an array that goes when the last of
/// them goes: a slot a node, where a dictionary takes four. Not safe for several threads.
/// </summary>
internal sealed class NodePages
{
    private const int PageBits = 10;
    private const ulong InPage = (1 << PageBits) - 1;

    private readonly Dictionary<ulong, Page> _pages = [];

    public int Count { get; private set; }

    public Node? Find(ulong id) => _pages.TryGetValue(id >> PageBits, out var page) ? page.Nodes[id & InPage] : null;

    /// <summary>Adds a node whose id is not there.</summary>
    public void Add(Node node)
    {
        var number = node.Id.Value >> PageBits;
        if (!_pages.TryGetValue(number, out var page)) _pages.Add(number, page = new Page());
        page.Nodes[node.Id.Value & InPage] = node;
        page.Count++;
        Count++;
    }

    public bool Remove(ulong id)
    {
        if (!_pages.TryGetValue(id >> PageBits, out var page) || page.Nodes[id & InPage] is null) return false;
        page.Nodes[id & InPage] = null;
        Count--;
        if (--page.Count == 0) _pages.Remove(id >> PageBits);
        return true;
    }

    private sealed class Page
    {
        public Node?[] Nodes { get; } = new Node?[1 << PageBits];

        public int Count { get; set; }
    }
}
