using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http.Listing;

/// <summary>Gathers the entries of a listing: legal names only, each once, the first wins.</summary>
internal sealed class EntryCollector
{
    private readonly List<SourceEntry> _entries = [];
    private readonly HashSet<PathName> _names = [];

    public List<SourceEntry> Entries => _entries;

    public void Add(ReadOnlySpan<byte> bytes, Func<PathName, SourceEntry> make)
    {
        if (PathName.TryCreate(bytes, out var name) && _names.Add(name)) _entries.Add(make(name));
    }
}
