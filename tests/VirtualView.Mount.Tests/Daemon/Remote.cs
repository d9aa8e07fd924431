using System.Net;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Testing.Web;
using VirtualView.Tools;

namespace VirtualView.Mount.Tests.Daemon;

/// <summary>A real web server behind a simulated link, with files whose every byte is known.</summary>
internal sealed class Remote : IAsyncDisposable
{
    /// <summary>Long ago, so that no validator is racy.</summary>
    public static readonly UnixTime Aged = UnixTime.FromSeconds(1_700_000_000);

    private Remote(NginxServer server, TestLink link) => (Server, Link) = (server, link);

    public NginxServer Server { get; }

    public TestLink Link { get; }

    public Uri Url => new($"http://{Link.Endpoint}/json/");

    public static async Task<Remote> StartAsync(TimeSpan rtt = default)
    {
        var server = new NginxServer();
        await server.InitializeAsync();
        var link = new TestLink(new LinkOptions { To = new IPEndPoint(IPAddress.Loopback, server.Port), Rtt = rtt });
        await link.StartAsync();
        return new Remote(server, link);
    }

    /// <summary>Content that differs at every block and for every seed.</summary>
    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public byte[] Put(string path, int length, int seed, UnixTime? modifiedAt = null)
    {
        var content = Noise(length, seed);
        Server.Files.PutFile(VirtualPath.Parse(path), content, modifiedAt ?? Aged);
        return content;
    }

    /// <summary>The ranges of a file that were sent so far, in order of their offset.</summary>
    public async Task<List<(long From, long To)>> RangesSentAsync(string target, CancellationToken cancel)
    {
        // The log is written a moment after the answer; the number of requests settles.
        var seen = -1;
        var requests = await Server.WaitForRequestsAsync(all => all.Count == seen | (seen = all.Count) < 0, cancel);
        return [.. requests.Where(request => request.Method == "GET" && request.Target.EndsWith(target, StringComparison.Ordinal) && request.Status == 206)
            .Select(request => Range(request.Range)).Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static (long From, long To) Range(string header)
    {
        var ends = header["bytes=".Length..].Split('-');
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return (long.Parse(ends[0], culture), long.Parse(ends[1], culture) + 1);
    }
}
