using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VirtualView.Engine.CacheControl;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Service.Streaming;

/// <summary>
/// Answers with lines of JSON while long work goes on. A client that leaves cancels the work.
/// </summary>
internal sealed partial class WorkStream(TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public async Task AnswerAsync<T>(HttpContext context, Func<IProgress<CacheProgress>, CancellationToken, ValueTask<T>> work, JsonTypeInfo<T> form)
    {
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        var latest = new LatestProgress();
        var running = RunAsync(token => work(latest, token), form, context.RequestAborted);
        try
        {
            await context.Response.StartAsync(context.RequestAborted);
            while (await Task.WhenAny(running, Task.Delay(Interval, clock, CancellationToken.None)) != running)
            {
                if (latest.Take() is { } progress) await WriteAsync(context, new WorkLine(progress, null, null));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Nobody reads any more; the work has been told.
        }

        if (await running is { } last && !context.RequestAborted.IsCancellationRequested) await WriteAsync(context, last);
    }

    /// <summary>The last line, or null when there is no one to read it.</summary>
    private async Task<WorkLine?> RunAsync<T>(Func<CancellationToken, ValueTask<T>> work, JsonTypeInfo<T> form, CancellationToken cancel)
    {
        try
        {
            var result = await work(cancel);
            return new WorkLine(null, JsonSerializer.SerializeToElement(result, form), null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            // The edge of the service: the client is told, and the log has the cause.
            LogFailed(failure);
            return new WorkLine(null, null, new ErrorAnswer("internal", failure.Message));
        }
    }

    private static async Task WriteAsync(HttpContext context, WorkLine line)
    {
        await JsonSerializer.SerializeAsync(context.Response.Body, line, ControlJson.Default.WorkLine, context.RequestAborted);
        await context.Response.Body.WriteAsync(LineEnd, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Work that a command asked for failed")]
    private partial void LogFailed(Exception cause);
}
