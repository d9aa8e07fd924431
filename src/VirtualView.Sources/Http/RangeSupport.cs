using Microsoft.Extensions.Logging;

namespace VirtualView.Sources.Http;

/// <summary>Whether a server gives ranges: found out once, and said once if it does not.</summary>
internal sealed class RangeSupport(string source, ILogger log)
{
    private const int Unknown = 0, Asked = 1, There = 2, Missing = 3;

    private int _state;

    public bool IsMissing => Volatile.Read(ref _state) == Missing;

    /// <summary>True for the first who wants to know while nobody does.</summary>
    public bool MayAsk() => Interlocked.CompareExchange(ref _state, Asked, Unknown) == Unknown;

    public void Are(bool there)
    {
        // The first real answer counts: a server may do without ranges for single files, such as compressed ones.
        var before = Volatile.Read(ref _state);
        if (before is There or Missing) return;
        if (Interlocked.CompareExchange(ref _state, there ? There : Missing, before) == before && !there)
            log.WithoutRanges(source, HttpRangeRead.MostBytesToSkip >> 20);
    }
}
