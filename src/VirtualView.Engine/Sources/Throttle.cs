using VirtualView.Core.Sources;

namespace VirtualView.Engine.Sources;

/// <summary>
/// Leaves a source alone for as long as it asked to be (HTTP's <c>Retry-After</c>): until then nothing is asked of it, and
/// who wants something of it is told what it said.
/// </summary>
internal sealed class Throttle(TimeProvider clock)
{
    /// <summary>However long a source asks for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private SourceError? _error; // this and below guarded by _gate
    private DateTimeOffset _until;

    public void Note(SourceError? error)
    {
        if (error is not { Kind: SourceErrorKind.Throttled, RetryAfter: { } wait } || wait <= TimeSpan.Zero) return;
        var until = clock.GetUtcNow() + (wait < Longest ? wait : Longest);
        lock (_gate)
        {
            if (until > _until) (_error, _until) = (error, until);
        }
    }

    /// <summary>What the source said, with the time that is left; null when it may be asked.</summary>
    public SourceError? InsteadOfAsking()
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_until <= now) _error = null;
            return _error is null ? null : _error with { RetryAfter = _until - now };
        }
    }
}
