using VirtualView.Core.Sources;
using VirtualView.Engine.Status;

namespace VirtualView.Engine.Sources;

/// <summary>What was measured of one source. Rates are smoothed exponentially, the newest answer counting a fifth.</summary>
internal sealed class SourceMeter(ISource source, TimeProvider clock)
{
    private const double NewestWeight = 0.2;

    private readonly Lock _gate = new();
    private bool? _isReachable; // this and all below guarded by _gate
    private string? _lastError;
    private DateTimeOffset? _lastAnswerAt;
    private long _requests;
    private long _errors;
    private long _bytes;
    private double? _firstByteMilliseconds;
    private double? _bytesPerSecond;
    private (SourceError Error, long At)? _silent;
    private bool _isDistrusted;

    public void Answered()
    {
        lock (_gate)
        {
            _requests++;
            (_isReachable, _lastAnswerAt, _silent) = (true, clock.GetUtcNow(), null);
            if (!_isDistrusted) _lastError = null;
        }
    }

    public void Failed(SourceError error)
    {
        lock (_gate)
        {
            _requests++;
            if (IsAnAnswer(error.Kind))
            {
                (_isReachable, _lastAnswerAt, _silent) = (true, clock.GetUtcNow(), null);
                return;
            }

            _errors++;
            _lastError = error.Message;
            if (error.Kind is SourceErrorKind.Unreachable or SourceErrorKind.TimedOut) _isReachable = false;
        }
    }

    /// <summary>A call that only asks was cut off.</summary>
    public void WasSilent(SourceError error)
    {
        lock (_gate)
            _silent = (error, clock.GetTimestamp());
    }

    /// <summary>The error of the last call that only asked, if it was cut off less than <paramref name="pause"/> ago and none was answered since.</summary>
    public SourceError? WhileSilent(TimeSpan pause)
    {
        lock (_gate)
            return _silent is { } last && clock.GetElapsedTime(last.At) < pause ? last.Error : null;
    }

    /// <summary>A source that answers, but not to be believed: what it says is reported and not used. True at first.</summary>
    public bool Distrusted(string why)
    {
        lock (_gate)
        {
            var isNew = !_isDistrusted;
            (_isDistrusted, _lastError) = (true, why);
            if (isNew) _errors++;
            return isNew;
        }
    }

    public void Trusted()
    {
        lock (_gate)
        {
            if (_isDistrusted) _lastError = null;
            _isDistrusted = false;
        }
    }

    public bool IsDistrusted
    {
        get
        {
            lock (_gate)
                return _isDistrusted;
        }
    }

    public void Transferred(long bytes, TimeSpan toFirstByte, TimeSpan flowing)
    {
        lock (_gate)
        {
            _bytes += bytes;
            _firstByteMilliseconds = Smooth(_firstByteMilliseconds, toFirstByte.TotalMilliseconds);
            // Less than this is over before it can be timed.
            if (flowing > TimeSpan.FromMilliseconds(1))
                _bytesPerSecond = Smooth(_bytesPerSecond, bytes / flowing.TotalSeconds);
        }
    }

    /// <summary>When a request of this size would be done, by what was measured; optimistic where nothing was.</summary>
    public TimeSpan ExpectedDuration(long bytes)
    {
        lock (_gate)
        {
            var waiting = _firstByteMilliseconds ?? 0;
            var flowing = _bytesPerSecond is > 0 and var rate ? bytes / rate * 1000 : 0;
            return TimeSpan.FromMilliseconds(waiting + flowing);
        }
    }

    public bool IsDown
    {
        get
        {
            lock (_gate)
                return _isReachable == false;
        }
    }

    public SourceStatus Status()
    {
        lock (_gate)
        {
            return new SourceStatus
            {
                Id = source.Id,
                Name = source.Name,
                Kind = source.Kind,
                IsReachable = _isReachable,
                LastError = _lastError,
                LastAnswerAt = _lastAnswerAt,
                Requests = _requests,
                Errors = _errors,
                BytesRead = _bytes,
                FirstByteMilliseconds = _firstByteMilliseconds,
                BytesPerSecond = _bytesPerSecond,
            };
        }
    }

    private static bool IsAnAnswer(SourceErrorKind kind) =>
        kind is SourceErrorKind.NotFound or SourceErrorKind.Changed or SourceErrorKind.WrongKind;

    private static double Smooth(double? known, double newest) =>
        known is { } value ? (value * (1 - NewestWeight)) + (newest * NewestWeight) : newest;
}
