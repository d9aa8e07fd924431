namespace VirtualView.Tools.Tests;

/// <summary>A server, a link before it, and a limit on how long a test may hang.</summary>
internal sealed class LinkFixture : IAsyncDisposable
{
    // Only ends a test that hangs; no assertion depends on it.
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly ByteServer _server = new();

    private LinkFixture(TimeSpan rtt, LinkRate rate, bool slowStart) => Link = new TestLink(new LinkOptions
    {
        To = _server.Endpoint,
        Rtt = rtt,
        Bandwidth = rate,
        SlowStart = slowStart,
    });

    public TestLink Link { get; }

    public CancellationToken Cancel => _limit.Token;

    public static async Task<LinkFixture> StartAsync(double rttMilliseconds = 0, long megabits = 0, bool slowStart = false)
    {
        var fixture = new LinkFixture(
            TimeSpan.FromMilliseconds(rttMilliseconds), new LinkRate(megabits * 1_000_000), slowStart);
        await fixture.Link.StartAsync();
        return fixture;
    }

    public Task<ByteClient> ConnectAsync() => ByteClient.ConnectAsync(Link.Endpoint, Cancel);

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await _server.DisposeAsync();
        _limit.Dispose();
    }
}
