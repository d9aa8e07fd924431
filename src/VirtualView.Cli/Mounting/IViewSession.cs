using VirtualView.Service;

namespace VirtualView.Cli.Mounting;

/// <summary>A mounted view with all its rooms open. Disposing closes them in reverse order and keeps the cache.</summary>
internal interface IViewSession : IDaemonControl, IAsyncDisposable
{
    /// <summary>What was found amiss while it was opened, a line each.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Takes what of a configuration can change while the view is mounted.</summary>
    ValueTask UseAsync(LiveSettings settings, CancellationToken cancel);

    /// <summary>Ends when the view is off its mount point, whoever took it off; faulted if the kernel's side broke.</summary>
    Task Completion { get; }
}
