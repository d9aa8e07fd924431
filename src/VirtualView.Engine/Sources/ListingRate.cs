namespace VirtualView.Engine.Sources;

/// <summary>Spreads the listings of one source that the polls of all its mappings ask for.</summary>
internal sealed class ListingRate(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _freeAt; // guarded by _gate

    /// <summary>Notes listings that were asked for. Returns after how long the next may be.</summary>
    public TimeSpan Take(int listings, double perSecond)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            _freeAt = (_freeAt > now ? _freeAt : now) + TimeSpan.FromSeconds(listings / perSecond);
            return _freeAt - now;
        }
    }
}
