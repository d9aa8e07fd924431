using VirtualView.Cache.Layout;
using VirtualView.Cache.Payloads;
using VirtualView.Cache.Upkeep;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Scrubbing;

/// <summary>
/// Files among the payloads that belong to none. A payload is in the table before its file is made, and among the
/// leaving before it is taken from the table; so, asked in this order, what is listed, not in the table, not leaving,
/// and still there, is a stray.
/// </summary>
internal sealed class StrayFiles(StoreLayout layout, PayloadTable table, Retirement retirement)
{
    public long Find(ScrubMode mode, CancellationToken cancel)
    {
        if (!Directory.Exists(layout.Payloads)) return 0;
        var listed = Directory.GetFiles(layout.Payloads, "*", SearchOption.AllDirectories);
        var known = table.All().Select(payload => payload.Id).ToHashSet();
        known.UnionWith(retirement.Leaving());
        var found = 0L;
        foreach (var path in listed)
        {
            cancel.ThrowIfCancellationRequested();
            if (IsOf(path, known) || !Path.Exists(path)) continue;
            found++;
            if (mode == ScrubMode.Drop) StoreFormat.TryDelete(path);
        }

        return found;
    }

    private bool IsOf(string path, HashSet<ulong> known)
    {
        var payload = StoreLayout.WithoutEnding(path);
        return StoreLayout.TryParsePayload(Path.GetFileName(payload), out var id) && known.Contains(id) && layout.Payload(id) == payload;
    }
}
