using System.Net;

namespace VirtualView.Tools;

/// <summary>What link to simulate, and between whom.</summary>
public sealed record LinkOptions
{
    /// <summary>Where clients connect; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The server at the other end of the link.</summary>
    public required IPEndPoint To { get; init; }

    /// <summary>Round-trip time; each direction takes half of it.</summary>
    public TimeSpan Rtt { get; init; } = TimeSpan.Zero;

    /// <summary>Bandwidth of each direction, shared by all connections.</summary>
    public LinkRate Bandwidth { get; init; } = LinkRate.Unlimited;

    /// <summary>Whether a new connection starts with ten segments in flight and doubles them every round trip.</summary>
    public bool SlowStart { get; init; }
}
