using System.Globalization;

namespace VirtualView.Fuse.Dispatch;

/// <summary>The hand-over of what INIT agreed on, once the kernel has taken the reply.</summary>
internal sealed class Negotiation
{
    private static readonly TimeSpan UntoldNamesLive = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<Agreement> _agreed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Agreement? _proposed;

    /// <summary>Faulted with <see cref="NotSupportedException"/> when the kernel is too old.</summary>
    public Task<Agreement> Agreed => _agreed.Task;

    public void Propose(Agreement agreement) => _proposed = agreement;

    /// <summary>
    /// For how long the kernel may remember a name. One that cannot be told of changes sees them by looking: it must soon.
    /// </summary>
    public TimeSpan NamesLive(TimeSpan wanted) =>
        _proposed is { CanExpireNames: true } || wanted < UntoldNamesLive ? wanted : UntoldNamesLive;

    /// <summary>The reply is sent: only now may other threads read, and read-ahead be set.</summary>
    public void Confirm()
    {
        if (_proposed is { } agreement) _agreed.TrySetResult(agreement);
    }

    public void Refuse(uint major, uint minor) => _agreed.TrySetException(new NotSupportedException(
        string.Create(CultureInfo.InvariantCulture, $"the kernel speaks FUSE {major}.{minor}, 7.31 (Linux 5.4) is needed")));
}
