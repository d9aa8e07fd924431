using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;

namespace VirtualView.Sources.Http.Listing;

/// <summary>Gathers the entries of a listing: legal names only, each once, the first wins. Uploads on their way are kept apart.</summary>
internal sealed class EntryCollector
{
    private readonly List<SourceEntry> _entries = [];
    private readonly HashSet<PathName> _names = [];

    public List<SourceEntry> Entries => _entries;

    public List<PathName> Staged { get; } = [];

    public void Add(ReadOnlySpan<byte> bytes, Func<PathName, SourceEntry> make)
    {
        if (!PathName.TryCreate(bytes, out var name) || !_names.Add(name)) return;
        if (StagingName.IsOne(name)) Staged.Add(name);
        else _entries.Add(make(name));
    }
}
