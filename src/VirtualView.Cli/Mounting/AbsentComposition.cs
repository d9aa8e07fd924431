using Microsoft.Extensions.Logging;

namespace VirtualView.Cli.Mounting;

/// <summary>Stands in for the composition root in a build without the rooms that it composes.</summary>
internal static class DaemonComposition
{
    public static ValueTask<Attempt<IViewSession>> OpenAsync(
        DaemonPlan plan, TimeProvider clock, ILoggerFactory logs, CancellationToken cancel) =>
        ValueTask.FromResult<Attempt<IViewSession>>(Failure.NotAvailable("mounting, in this build,"));
}
