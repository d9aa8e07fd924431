using VirtualView.Cli.Daemons;
using VirtualView.Core.Units;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Status;

namespace VirtualView.Cli.Printing;

/// <summary>A view's status for people.</summary>
internal static class StatusPrinter
{
    public static void Print(TextWriter output, ViewStatus status, DaemonRecord daemon)
    {
        output.WriteLine($"{status.View} at {daemon.MountPoint}, process {daemon.ProcessId}");
        output.WriteLine($"snapshot   {status.Snapshot}, taken {status.SnapshotTakenAt:yyyy-MM-dd HH:mm:ss'Z'}");
        output.WriteLine($"cache      {new ByteSize(status.Cache.UsedBytes)} of {new ByteSize(status.Cache.CapacityBytes)}, {new ByteSize(status.Cache.PinnedBytes)} pinned, {status.Cache.Hits} hits, {status.Cache.Misses} misses, {status.Cache.Evicted} evicted, {status.Cache.Damaged} damaged");
        if (status.Cache.Reason is { } reason) output.WriteLine($"           {reason}");
        output.WriteLine($"transfers  {new ByteSize(status.BytesServed)} served, {new ByteSize(status.BytesFetched)} fetched, {status.FailedFetches} failed, {status.StaleReads} stale");
        output.WriteLine($"in use     {status.OpenHandles} open, {status.KnownNodes} nodes, {status.PendingWrites} pending writes");
        if (status.LocalChanges is { Total: > 0 } local) output.WriteLine(Local(local));
        foreach (var loss in status.LocalLosses) output.WriteLine($"lost       {loss}");
        foreach (var session in status.Sessions) output.WriteLine(Session(session));
        Columns.Print(output, ["SOURCE", "KIND", "STATE", "REQUESTS", "ERRORS", "READ", "FIRST BYTE", "RATE"], status.Sources.Select(Row));
        foreach (var source in status.Sources)
        {
            if (source.LastError is { } error) output.WriteLine($"{source.Name}: {error}");
        }

        foreach (var held in status.HeldBack)
            output.WriteLine(HeldBackPrinter.Sentence(held));
    }

    public static string State(SourceStatus source) => source.IsReachable switch { true => "reachable", false => "unreachable", null => "not asked yet" };

    private static string Session(SessionStatus session) => session.IsRunning
        ? $"session    {session.Name} over snapshot {session.Snapshot} at {session.At}{(session.IsKept ? ", kept" : "")}"
        : $"session    {session.Name} over snapshot {session.Snapshot} is kept: 'virtualview run --session {session.Name} -- COMMAND' goes on with it";

    private static string Local(LocalChangeCounts local) =>
        $"local      {Counted.Of(local.Total, "private change")}: {local.Added} added, {local.Modified} modified, {local.Attributes} with other attributes, {local.Moved} moved, {local.Deleted} deleted{(local.Outdated > 0 ? $"; {Counted.Of(local.Outdated, "conflict")}, see 'virtualview conflicts list'" : "")}";

    private static string[] Row(SourceStatus source) =>
    [
        source.Name,
        source.Kind,
        State(source),
        $"{source.Requests}",
        $"{source.Errors}",
        $"{new ByteSize(source.BytesRead)}",
        source.FirstByteMilliseconds is { } wait ? $"{wait:0.0} ms" : "-",
        source.BytesPerSecond is { } rate ? $"{new ByteSize((long)rate)}/s" : "-",
    ];
}
