using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace VirtualView.Cli.Mounting;

/// <summary>
/// Tells a service manager that speaks systemd's notification protocol (<c>Type=notify</c>) when the view is mounted,
/// so that what needs it starts after it, and when it is about to go. Says nothing where nobody listens.
/// </summary>
internal static class ReadinessNotice
{
    public static void Follow(IHostApplicationLifetime lifetime)
    {
        var manager = new SystemdNotifier();
        if (!manager.IsEnabled) return;

        // Started means that every hosted service has started, and the daemon has started when it is mounted.
        lifetime.ApplicationStarted.Register(() => manager.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => manager.Notify(ServiceState.Stopping));
    }
}
