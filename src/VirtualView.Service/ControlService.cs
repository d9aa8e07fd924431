using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Crashes;
using VirtualView.Service.Access;
using VirtualView.Service.Endpoints;
using VirtualView.Service.Sockets;
using VirtualView.Service.Streaming;

namespace VirtualView.Service;

/// <summary>
/// Answers on the Unix socket of a daemon, to its own user and to root. The door to this room.
/// </summary>
/// <remarks>
/// The host is the empty one: it reads no configuration files or environment of its own, writes to the daemon's log
/// only, and leaves signals to the daemon.
/// </remarks>
public sealed class ControlService : IAsyncDisposable
{
    // A listing is small and a client is local: a request that takes longer to arrive is a mistake.
    private const long MaxRequestBodyBytes = 1 << 20;

    private readonly WebApplication _application;
    private readonly string _socketPath;

    private ControlService(WebApplication application, string socketPath) =>
        (_application, _socketPath) = (application, socketPath);

    /// <summary>Listens when it returns.</summary>
    /// <exception cref="IOException">The socket cannot be made; the message says why and what to do.</exception>
    public static async ValueTask<ControlService> StartAsync(
        ControlServiceOptions options, IDaemonControl control, ILoggerFactory logs, CancellationToken cancel)
    {
        SocketFile.Prepare(options.SocketPath);
        var application = Build(options, control, logs);
        try
        {
            await application.StartAsync(cancel);
            CrashPoint.Reached(CrashPoints.ServiceSocketBound);
            SocketFile.Restrict(options.SocketPath);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return new ControlService(application, options.SocketPath);
    }

    /// <summary>Lets requests under way finish, then removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        File.Delete(_socketPath);
    }

    private static WebApplication Build(ControlServiceOptions options, IDaemonControl control, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options.SocketPath, logs));

        var application = builder.Build();
        application.Use(next => context => Replies.FillAsync(context, next));
        application.UseRouting();
        application.Use(next => context => ScopeGate.InvokeAsync(context, next));
        new ControlEndpoints(control, options.Daemon, TimeProvider.System).Map(application);
        new SnapshotEndpoints(control.Snapshots).Map(application);
        new OverlayEndpoints(control.Overlay).Map(application);
        new CacheEndpoints(control.Cache, new WorkStream(TimeProvider.System, logs.CreateLogger<WorkStream>())).Map(application);
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel, string socketPath, ILoggerFactory logs)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        var logger = logs.CreateLogger<PeerGate>();
        kestrel.ListenUnixSocket(socketPath, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => new PeerGate(next, ProcessUser.EffectiveId, logger).InvokeAsync);
        });
    }
}
