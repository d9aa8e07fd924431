namespace VirtualView.Cli.Doctor.Checks;

/// <summary>How far the clock of a web server is from ours, by the header <c>Date</c> of any answer.</summary>
internal static class ServerClock
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>Positive when the server is ahead; null when it does not say.</summary>
    public static async ValueTask<TimeSpan?> SkewAsync(Uri address, TimeProvider clock, CancellationToken cancel)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        try
        {
            // No credentials: also a refusal carries the time.
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            var before = clock.GetUtcNow();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var after = clock.GetUtcNow();
            return response.Headers.Date is { } date ? date - (before + ((after - before) / 2)) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
