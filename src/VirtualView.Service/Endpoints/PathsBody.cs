using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using VirtualView.Core.Paths;
using VirtualView.Service.Json;

namespace VirtualView.Service.Endpoints;

/// <summary>Reads a body that names paths of the view.</summary>
internal static class PathsBody
{
    /// <summary>Null when it was refused, and answered.</summary>
    public static async ValueTask<ImmutableArray<VirtualPath>?> ReadAsync(HttpContext context)
    {
        var request = await Replies.BodyAsync(context, ControlJson.Default.PathsRequest);
        if (request is null || request.Paths.IsDefaultOrEmpty || request.Paths.Contains(null!))
        {
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", "the body is not {\"paths\": [\"/PATH/IN/THE/VIEW\", ...]}");
            return null;
        }

        try
        {
            return [.. request.Paths.Select(VirtualPath.Parse)];
        }
        catch (FormatException malformed)
        {
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", malformed.Message);
            return null;
        }
    }
}
