using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using VirtualView.Cli.Daemons;

namespace VirtualView.Cli.Mounting;

/// <summary>Runs a daemon until a signal, a request or the end of its mount stops it.</summary>
internal static class DaemonHost
{
    // The last checkpoint of a large cache takes seconds; cut off, it costs the next start far more.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMinutes(2);

    /// <returns>What went wrong, or null after a clean end.</returns>
    public static async Task<Failure?> RunAsync(DaemonPlan plan, OpenSession open, Announcements announce, LogLevel level, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.Services.AddSingleton(plan);
        builder.Services.AddSingleton(open);
        builder.Services.AddSingleton(announce);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(DaemonRegistry.OfThisMachine());
        builder.Services.AddSingleton<MountDaemon>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MountDaemon>());
        AddLogs(builder.Logging, level);

        using var host = builder.Build();
        var daemon = host.Services.GetRequiredService<MountDaemon>();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using var hangup = Hangup.Handle(lifetime.StopApplication);
        ReadinessNotice.Follow(lifetime);
        try
        {
            await host.StartAsync(cancel);
            await host.WaitForShutdownAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was still starting: by a signal, or by a daemon that could not start.
            await host.StopAsync(CancellationToken.None);
        }

        return daemon.Failure;
    }

    private static void AddLogs(ILoggingBuilder logs, LogLevel level)
    {
        logs.SetMinimumLevel(level);
        logs.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logs.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logs.AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.UseUtcTimestamp = true;
            format.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            format.ColorBehavior = LoggerColorBehavior.Disabled;
        });

        // Standard output is for what was asked for.
        logs.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
