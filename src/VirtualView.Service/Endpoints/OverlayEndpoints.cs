using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VirtualView.Service.Access;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Service.Endpoints;

/// <summary>The addresses under which local changes are listed and taken away.</summary>
internal sealed class OverlayEndpoints(IOverlayControl overlay)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/changes", ChangesAsync).WithMetadata(new RequiredScope(ApiScope.Read));
        routes.MapPost("/v1/discard", DiscardAsync).WithMetadata(new RequiredScope(ApiScope.Write));
    }

    private async Task ChangesAsync(HttpContext context)
    {
        if (await PathsBody.ReadAsync(context) is not { } paths) return;
        ChangedPath[] changes = [.. overlay.Changes(paths).Select(ChangedPath.Of)];
        await Replies.SayAsync(context, StatusCodes.Status200OK, changes, ControlJson.Default.ChangedPathArray);
    }

    private async Task DiscardAsync(HttpContext context)
    {
        if (await PathsBody.ReadAsync(context) is not { } paths) return;
        var report = overlay.Discard(paths);
        var answer = new DiscardAnswer([.. report.Discarded.Select(ChangedPath.Of)], report.Problems);
        await Replies.SayAsync(context, StatusCodes.Status200OK, answer, ControlJson.Default.DiscardAnswer);
    }
}
