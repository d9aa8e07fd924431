using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Status;
using VirtualView.Service.Access;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;
using VirtualView.Service.Metrics;

namespace VirtualView.Service.Endpoints;

/// <summary>The addresses under which a running daemon is asked and told.</summary>
internal sealed class ControlEndpoints(IDaemonControl control, DaemonInfo daemon, TimeProvider clock)
{
    private static readonly TimeSpan StatusPatience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan SyncPatience = TimeSpan.FromSeconds(10);

    /// <summary>Promised and not built: a client must be able to tell that from what was never there.</summary>
    private static readonly ImmutableArray<string> ToCome =
    [
        "/", "/files/{**path}", "/api/v1/{**path}", "/zarr/{**path}", "/v1/batch", "/v1/hints", "/v1/query", "/v1/events",
        "/v1/ingest/{**path}",
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", HealthAsync).WithMetadata(new RequiredScope(ApiScope.None));
        routes.MapGet("/metrics", MetricsAsync).WithMetadata(new RequiredScope(ApiScope.Read));
        routes.MapGet("/v1/status", StatusAsync).WithMetadata(new RequiredScope(ApiScope.Read));
        routes.MapGet("/v1/sources", SourcesAsync).WithMetadata(new RequiredScope(ApiScope.Read));
        routes.MapGet("/v1/explain", ExplainAsync).WithMetadata(new RequiredScope(ApiScope.Read));
        routes.MapPost("/v1/sync", SyncAsync).WithMetadata(new RequiredScope(ApiScope.Write));
        routes.MapPost("/v1/unmount", UnmountAsync).WithMetadata(new RequiredScope(ApiScope.Admin));
        foreach (var address in ToCome)
            routes.Map(address, NotYetAsync).WithMetadata(new RequiredScope(ApiScope.None));
    }

    private static Task NotYetAsync(HttpContext context) =>
        Replies.RefuseAsync(context, StatusCodes.Status501NotImplemented, "notAvailable", $"{context.Request.Path} is not available yet: see docs/commands.md for what is");

    private static Task HealthAsync(HttpContext context) =>
        Replies.SayAsync(context, StatusCodes.Status200OK, new HealthAnswer("ok"), ControlJson.Default.HealthAnswer);

    private Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(ViewMetrics.Of(control.Status(), daemon, clock.GetUtcNow()), context.RequestAborted);
    }

    /// <summary>The status of the view, with one more member, <c>daemon</c>, that says who answers.</summary>
    private async Task StatusAsync(HttpContext context)
    {
        var status = control.Status();
        await RecordAsync(StatusPatience);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(StatusDocument.Of(status, daemon), context.RequestAborted);
    }

    /// <summary>
    /// Before the number of a snapshot is told: so it can be opened also if the daemon is killed at once. A disk that is slow
    /// or full keeps nobody waiting for it.
    /// </summary>
    private async Task RecordAsync(TimeSpan patience)
    {
        try
        {
            await control.Snapshots.RecordAsync(CancellationToken.None).AsTask().WaitAsync(patience, clock);
        }
        catch (TimeoutException)
        {
            // It is recorded when it can be, as all are.
        }
    }

    /// <summary>With <c>?probe=true</c> each source is asked now.</summary>
    private async Task SourcesAsync(HttpContext context)
    {
        ImmutableArray<ProbeResult>? probes = context.Request.Query["probe"] == "true" ? await control.ProbeAsync(context.RequestAborted) : null;
        await Replies.SayAsync(context, StatusCodes.Status200OK, new SourcesAnswer(control.Status().Sources, probes), ControlJson.Default.SourcesAnswer);
    }

    private async Task ExplainAsync(HttpContext context)
    {
        if (!TryParsePath(context.Request.Query["path"], out var path, out var problem))
        {
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", problem);
            return;
        }

        var outcome = await control.ExplainAsync(path, context.RequestAborted);
        if (outcome.TryGet(out var explanation))
            await Replies.SayAsync(context, StatusCodes.Status200OK, explanation, ControlJson.Default.Explanation);
        else
            await Replies.RefuseAsync(context, Failures.Status(outcome.Error), Failures.Word(outcome.Error), Failures.Sentence(outcome.Error, path));
    }

    private async Task SyncAsync(HttpContext context)
    {
        if (!TryParseFlag(context.Request.Query["acceptDeletions"], out var acceptDeletions))
        {
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", "acceptDeletions is true or false");
            return;
        }

        var before = control.Status().Snapshot;
        var report = await control.PollAsync(acceptDeletions, context.RequestAborted);
        var after = control.Status();
        await RecordAsync(SyncPatience);
        // An empty root is told once, with what is held back.
        var told = report.HeldBack.Where(held => held.IsRootEmpty).Select(held => held.Source).ToHashSet();
        var problems = after.Sources.Where(source => !told.Contains(source.Name)).Select(Problem).OfType<string>();
        var answer = new SyncAnswer(before, after.Snapshot, [.. problems], report.HeldBack);
        await Replies.SayAsync(context, StatusCodes.Status200OK, answer, ControlJson.Default.SyncAnswer);
    }

    private async Task UnmountAsync(HttpContext context)
    {
        var request = context.Request.ContentLength is > 0 ? await Replies.BodyAsync(context, ControlJson.Default.UnmountRequest) : new UnmountRequest(false);
        if (request is null)
        {
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", "the body is not {\"force\": true|false}");
            return;
        }

        // Not the request's token: a client that leaves must not stop an unmount half-way.
        var answer = await control.UnmountAsync(request.Force, CancellationToken.None);
        var status = answer.IsUnmounted ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
        await Replies.SayAsync(context, status, answer, ControlJson.Default.UnmountAnswer);
    }

    private static string? Problem(SourceStatus source) =>
        // Also of one that answers: a listing that is not believed, or cannot be read, is no news either.
        source.IsReachable == false || source.LastError is not null ? $"{source.Name}: {source.LastError}" : null;

    private static bool TryParseFlag(string? text, out bool flag)
    {
        flag = false;
        return string.IsNullOrEmpty(text) || bool.TryParse(text, out flag);
    }

    private static bool TryParsePath(string? text, out VirtualPath path, out string problem)
    {
        (path, problem) = (default, "");
        if (string.IsNullOrEmpty(text))
        {
            problem = "the query needs ?path=/PATH/IN/THE/VIEW";
            return false;
        }

        try
        {
            path = VirtualPath.Parse(text);
            return true;
        }
        catch (FormatException malformed)
        {
            problem = malformed.Message;
            return false;
        }
    }
}
