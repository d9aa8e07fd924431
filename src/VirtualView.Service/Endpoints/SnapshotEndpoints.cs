using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VirtualView.Core.Outcomes;
using VirtualView.Service.Access;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Service.Endpoints;

/// <summary>The addresses under which snapshots are listed, compared, kept and dropped.</summary>
internal sealed class SnapshotEndpoints(ISnapshotControl snapshots)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/snapshots");
        group.MapGet("", ListAsync).WithMetadata(new RequiredScope(ApiScope.Read));
        group.MapGet("/diff", DiffAsync).WithMetadata(new RequiredScope(ApiScope.Read));
        group.MapPost("/keep", KeepAsync).WithMetadata(new RequiredScope(ApiScope.Admin));
        group.MapPost("/drop", DropAsync).WithMetadata(new RequiredScope(ApiScope.Admin));
    }

    private async Task ListAsync(HttpContext context) =>
        await Replies.SayAsync(context, StatusCodes.Status200OK, new SnapshotsAnswer(await snapshots.ListAsync(context.RequestAborted)), ControlJson.Default.SnapshotsAnswer);

    private async Task DiffAsync(HttpContext context)
    {
        var (from, to) = (context.Request.Query["from"].ToString(), context.Request.Query["to"].ToString());
        if (from.Length == 0 || to.Length == 0)
        {
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", "the query needs ?from=SNAPSHOT&to=SNAPSHOT");
            return;
        }

        await SayAsync(context, await snapshots.DiffAsync(from, to, context.RequestAborted), ControlJson.Default.SnapshotComparison, $"'{from}' or '{to}'", "");
    }

    private async Task KeepAsync(HttpContext context)
    {
        var request = await Replies.BodyAsync(context, ControlJson.Default.KeepRequest);
        if (request is not { Snapshot: not null, Name: not null })
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", "the body is not {\"snapshot\": \"ID\", \"name\": \"NAME\"}");
        else
            await SayAsync(context, await snapshots.KeepAsync(request.Snapshot, request.Name, context.RequestAborted), ControlJson.Default.SnapshotInfo, $"'{request.Snapshot}'", request.Name);
    }

    private async Task DropAsync(HttpContext context)
    {
        var request = await Replies.BodyAsync(context, ControlJson.Default.DropRequest);
        if (request is not { Name: not null })
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", "the body is not {\"name\": \"NAME\"}");
        else
            await SayAsync(context, await snapshots.DropAsync(request.Name, context.RequestAborted), ControlJson.Default.SnapshotInfo, $"named '{request.Name}'", request.Name);
    }

    private static Task SayAsync<T>(HttpContext context, Outcome<T> outcome, JsonTypeInfo<T> form, string which, string name) => outcome.TryGet(out var answer)
        ? Replies.SayAsync(context, StatusCodes.Status200OK, answer, form)
        : Replies.RefuseAsync(context, Failures.Status(outcome.Error), Failures.Word(outcome.Error), Sentence(outcome.Error, which, name));

    private static string Sentence(FileSystemError error, string which, string name) => error switch
    {
        FileSystemError.NotFound => $"there is no snapshot {which}: 'virtualview snapshots' lists them",
        FileSystemError.InvalidArgument => $"'{name}' can be no name of a snapshot: 1 to 255 bytes without '/', and not digits alone",
        FileSystemError.Exists => $"the name '{name}' is taken, or the snapshot {which} has another name: drop that first",
        FileSystemError.Corrupt => $"what is kept of the snapshot {which} is damaged: see the daemon's log",
        _ => $"the snapshots cannot be read or written ({error}): see the daemon's log",
    };
}
