using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VirtualView.Core.Paths;
using VirtualView.Engine.CacheControl;
using VirtualView.Service.Access;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;
using VirtualView.Service.Streaming;

namespace VirtualView.Service.Endpoints;

/// <summary>The addresses under which the cache is fetched into, pinned, emptied and checked. What may take long streams its progress.</summary>
internal sealed class CacheEndpoints(ICacheControl cache, WorkStream stream)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/cache");
        group.MapGet("/pins", context => Replies.SayAsync(context, StatusCodes.Status200OK, cache.Pins(), ControlJson.Default.PinReport)).WithMetadata(new RequiredScope(ApiScope.Read));
        MapWork("/prefetch", cache.PrefetchAsync, ControlJson.Default.PrefetchReport);
        MapWork("/pin", (paths, _, cancel) => cache.PinAsync(paths, cancel), ControlJson.Default.PinReport);
        MapWork("/unpin", (paths, _, cancel) => cache.UnpinAsync(paths, cancel), ControlJson.Default.PinReport);
        MapWork("/evict", cache.EvictAsync, ControlJson.Default.EvictReport);
        group.MapPost("/verify", VerifyAsync).WithMetadata(new RequiredScope(ApiScope.Write));

        void MapWork<T>(string address, Func<ImmutableArray<VirtualPath>, IProgress<CacheProgress>, CancellationToken, ValueTask<T>> work, JsonTypeInfo<T> form) =>
            group.MapPost(address, context => RunAsync(context, work, form)).WithMetadata(new RequiredScope(ApiScope.Write));
    }

    private async Task RunAsync<T>(
        HttpContext context, Func<ImmutableArray<VirtualPath>, IProgress<CacheProgress>, CancellationToken, ValueTask<T>> work, JsonTypeInfo<T> form)
    {
        if (await PathsBody.ReadAsync(context) is { } paths)
            await stream.AnswerAsync(context, (progress, cancel) => work(paths, progress, cancel), form);
    }

    private async Task VerifyAsync(HttpContext context)
    {
        var request = context.Request.ContentLength is > 0 ? await Replies.BodyAsync(context, ControlJson.Default.VerifyRequest) : new VerifyRequest(false);
        if (request is null)
            await Replies.RefuseAsync(context, StatusCodes.Status400BadRequest, "invalidArgument", "the body is not {\"repair\": true|false}");
        else
            await stream.AnswerAsync(context, (progress, cancel) => cache.VerifyAsync(request.Repair, progress, cancel), ControlJson.Default.VerifyReport);
    }
}
