using Microsoft.Extensions.Logging;

namespace VirtualView.Cli.Mounting;

/// <summary>Opens the rooms that a plan needs and mounts the view; or says why that is not possible.</summary>
internal delegate ValueTask<Attempt<IViewSession>> OpenSession(
    DaemonPlan plan, TimeProvider clock, ILoggerFactory logs, CancellationToken cancel);
