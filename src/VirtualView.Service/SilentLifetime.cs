using Microsoft.Extensions.Hosting;

namespace VirtualView.Service;

/// <summary>Leaves start, stop and signals to the daemon that owns the service.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
