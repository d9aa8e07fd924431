using Microsoft.Extensions.Logging;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Health;

/// <summary>
/// Says once when something begins to go wrong, whoever meets it and however often, and once when it is over. Reads go
/// on in any trouble; what cannot be kept is read uncached.
/// </summary>
internal sealed class StoreHealth(StoreLayout layout, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly Trouble[] _troubles = new Trouble[Enum.GetValues<StorePart>().Length]; // written under _gate
    private int _error; // guarded by _gate

    /// <summary>For people; null when all is well.</summary>
    public string? Reason
    {
        get
        {
            lock (_gate) return _troubles.Max() is not Trouble.None and var worst ? Describe(worst, _error) : null;
        }
    }

    public void Fail(StorePart part, int error) =>
        Begin(part, Errno.IsFull(error) ? Trouble.DiskFull : error == Errno.ReadOnly ? Trouble.ReadOnly : Trouble.DiskFails, error, cause: null);

    public void Fail(StorePart part, Exception cause)
    {
        var error = Errno.Of(cause);
        Begin(part, Errno.IsFull(error) ? Trouble.DiskFull : error == Errno.ReadOnly ? Trouble.ReadOnly : Trouble.DiskFails, error, cause);
    }

    public void FullOfPins() => Begin(StorePart.Puts, Trouble.Pinned, Errno.None, cause: null);

    public void Works(StorePart part)
    {
        // Asked at every put: without the lock when there is nothing to end.
        if (_troubles[(int)part] == Trouble.None) return;
        lock (_gate)
        {
            _troubles[(int)part] = Trouble.None;
            if (_troubles.Max() != Trouble.None) return;
        }

        log.Recovered(layout.Root);
    }

    private static string Describe(Trouble trouble, int error) => trouble switch
    {
        Trouble.Pinned => "the cache is full of pinned versions: reads of others go on uncached",
        Trouble.DiskFull => "disk full: reads go on uncached",
        Trouble.ReadOnly => "the disk became read-only: reads go on uncached",
        _ => $"the disk refuses (error {error}): reads go on uncached",
    };

    private void Begin(StorePart part, Trouble trouble, int error, Exception? cause)
    {
        if (_troubles[(int)part] == trouble) return;
        bool isNew;
        lock (_gate)
        {
            isNew = !_troubles.Contains(trouble);
            _troubles[(int)part] = trouble;
            _error = error;
        }

        if (isNew) log.Degraded(layout.Root, Describe(trouble, error), cause);
    }
}
