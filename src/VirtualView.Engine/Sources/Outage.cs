using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.Sources;

/// <summary>
/// Knows when a source is down: it has refused every call for a whole grace, and has answered nothing since. Then nobody
/// waits for it any more: who reads gets its error after one try, or after none if it was tried a moment ago. Anything
/// that it answers ends this at once.
/// </summary>
/// <param name="memory">After this long without a call it is not known any more whether the source is down.</param>
internal sealed class Outage(string source, TimeSpan memory, TimeProvider clock, ILogger logger)
{
    /// <summary>So long a source that refuses is tried again: a server that restarts is not noticed by who reads.</summary>
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _grace = memory < LongestGrace ? memory : LongestGrace;
    private readonly Lock _gate = new();
    private SourceError? _error; // this and all below guarded by _gate; null while the source answers
    private long _since;
    private long _lastAt;
    private long _triedAt;
    private VirtualPath _path;
    private bool _isOfMany;
    private bool _isKnown;

    public bool IsKnown
    {
        get
        {
            lock (_gate)
                return _isKnown && clock.GetElapsedTime(_lastAt) < memory;
        }
    }

    public void Answered()
    {
        bool wasKnown;
        lock (_gate)
        {
            wasKnown = _isKnown;
            ForgetLocked();
        }

        if (wasKnown) EngineLog.SourceIsBack(logger, source);
    }

    /// <summary>A call failed at once, without an answer.</summary>
    public void Refused(VirtualPath path, SourceError error, long calledAt)
    {
        var now = clock.GetTimestamp();
        bool isNews;
        lock (_gate)
        {
            var wasKnown = _isKnown;
            // What lies between two failures far apart is unknown. A call that takes long to fail makes no gap.
            if (clock.GetElapsedTime(_lastAt, calledAt) > (wasKnown ? memory : _grace)) ForgetLocked();
            if (_error is null) (_since, _triedAt, _path) = (now, now, path);
            _isOfMany |= path != _path;
            (_error, _lastAt) = (error, now);
            _isKnown |= clock.GetElapsedTime(_since, now) >= _grace;
            isNews = _isKnown && !wasKnown;
        }

        if (isNews) EngineLog.SourceIsDown(logger, source, error);
    }

    /// <summary>
    /// The error of the last call, when there is no use in a call of now; else null, and the caller is to try. One file
    /// that fails does not speak for the others.
    /// </summary>
    public SourceError? InsteadOfTrying(VirtualPath path)
    {
        lock (_gate)
        {
            if (!_isKnown || !(_isOfMany || path == _path)) return null;
            if (clock.GetElapsedTime(_triedAt) < PauseBetweenTries) return _error;
            _triedAt = clock.GetTimestamp();
            return null;
        }
    }

    private void ForgetLocked() => (_error, _isOfMany, _isKnown) = (null, false, false);
}
