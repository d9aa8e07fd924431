namespace VirtualView.Fuse.Waiting;

/// <summary>Tells whether a caller that got a signal will ever use an answer.</summary>
internal interface ICallerProbe
{
    bool IsDying(uint pid);
}
