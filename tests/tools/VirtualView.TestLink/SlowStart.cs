namespace VirtualView.Tools;

/// <summary>
/// The congestion window of one sender: ten segments at first, one more byte for each acknowledged one, so that it
/// doubles every round trip until it fills the link. It never shrinks: the link loses nothing.
/// </summary>
internal sealed class SlowStart
{
    private const int InitialWindow = 10 * 1448;

    private long _window = InitialWindow;
    private long _unacknowledged;

    public long Room => _window - _unacknowledged;

    public void Sent(int bytes) => _unacknowledged += bytes;

    public void Acknowledged(int bytes, long largestWindow)
    {
        _unacknowledged -= bytes;
        _window = Math.Min(_window + bytes, Math.Max(largestWindow, InitialWindow));
    }
}
