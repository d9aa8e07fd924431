using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using VirtualView.Engine.CacheControl;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Daemons;

/// <summary>Speaks to one daemon through its Unix socket.</summary>
internal sealed class DaemonClient : IDisposable
{
    private readonly DaemonRecord _daemon;
    private readonly HttpClient _http;

    public DaemonClient(DaemonRecord daemon, TimeSpan timeout)
    {
        _daemon = daemon;
        var handler = new SocketsHttpHandler
        {
            // Neither a proxy nor a redirect has any business between us and our own daemon.
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = ConnectAsync,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri("http://localhost"), Timeout = timeout };
    }

    /// <summary>The body of a successful answer, as JSON text.</summary>
    public Task<Attempt<string>> GetAsync(string pathAndQuery, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, pathAndQuery, null, cancel);

    public Task<Attempt<string>> PostAsync(string path, HttpContent? content, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, content, cancel);

    /// <summary>The same about paths of the view.</summary>
    public Task<Attempt<string>> PostPathsAsync(string path, IEnumerable<string> paths, CancellationToken cancel) =>
        PostAsync(path, PathsBody(paths), cancel);

    /// <summary>The body of requests about paths of the view.</summary>
    public static HttpContent PathsBody(IEnumerable<string> paths) => JsonContent.Create(new PathsRequest([.. paths]), ControlJson.Default.PathsRequest);

    public Task<Attempt<string>> UnmountAsync(bool force, CancellationToken cancel) =>
        PostAsync("/v1/unmount", JsonContent.Create(new UnmountRequest(force), ControlJson.Default.UnmountRequest), cancel);

    /// <summary>Has long work done, hears how far it is, and gives its result as JSON text. Leaving ends the work in the daemon.</summary>
    public async Task<Attempt<string>> WorkAsync(string path, HttpContent content, Action<CacheProgress> progress, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        try
        {
            await content.LoadIntoBufferAsync(cancel);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode) return new Failure(ExitCode.Failed, Message(response.StatusCode, await response.Content.ReadAsStringAsync(cancel)));
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancel));
            while (await lines.ReadLineAsync(cancel) is { } text)
            {
                var line = JsonSerializer.Deserialize(text, ControlJson.Default.WorkLine)!;
                if (line.Progress is { } far) progress(far);
                if (line.Error is { } error) return new Failure(ExitCode.Failed, error.Message);
                if (line.Result is { } result) return result.GetRawText();
            }

            return new Failure(ExitCode.Failed, $"the daemon of {_daemon.MountPoint} ended before the work was done: mount again, and repeat the command");
        }
        catch (HttpRequestException failure)
        {
            return Unanswered(failure);
        }
        catch (IOException broken)
        {
            return new Failure(ExitCode.Failed, $"the daemon of {_daemon.MountPoint} ended before the work was done ({broken.Message}): mount again, and repeat the command");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Silent();
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Attempt<string>> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            // A body of unknown length would be sent in chunks, which say nothing of their length beforehand.
            if (content is not null) await content.LoadIntoBufferAsync(cancel);
            using var response = await _http.SendAsync(request, cancel);
            var body = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode ? body : new Failure(ExitCode.Failed, Message(response.StatusCode, body));
        }
        catch (HttpRequestException failure)
        {
            return Unanswered(failure);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Silent();
        }
    }

    private Failure Silent() => new(
        ExitCode.Failed, $"the daemon of {_daemon.MountPoint} (process {_daemon.ProcessId}) does not answer: see its log, or end it with 'kill {_daemon.ProcessId}'");

    private Failure Unanswered(HttpRequestException failure) => failure.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new Failure(
            ExitCode.Failed, $"the daemon of {_daemon.MountPoint} runs as another user: run this command as that user or as root"),
        _ when !ProcessLife.IsAlive(_daemon) => new Failure(
            ExitCode.NoDaemon, $"the daemon of {_daemon.MountPoint} has just ended: mount it again"),
        _ => new Failure(
            ExitCode.Failed, $"the daemon of {_daemon.MountPoint} (process {_daemon.ProcessId}) cannot be reached at {_daemon.Socket}: {failure.Message}"),
    };

    private static string Message(HttpStatusCode status, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var member in new[] { "message", "why" })
            {
                if (document.RootElement.TryGetProperty(member, out var text) && text.GetString() is { Length: > 0 } sentence) return sentence;
            }
        }
        catch (JsonException)
        {
            // No answer of ours; its status is all there is to say.
        }

        return $"the daemon answered {(int)status} {status}";
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_daemon.Socket), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
