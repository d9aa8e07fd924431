namespace VirtualView.Tools;

/// <summary>What has passed. "Up" is from client to server; bytes count once they have crossed the link.</summary>
public sealed record LinkStats
{
    /// <summary>Connections accepted since the start.</summary>
    public required long Connections { get; init; }

    /// <summary>Connections open now.</summary>
    public required int Open { get; init; }

    public required long UpBytes { get; init; }
    public required long DownBytes { get; init; }

    /// <summary>Connections that a command ended with RST.</summary>
    public required long Resets { get; init; }

    /// <summary>Responses that a command cut short.</summary>
    public required long Cuts { get; init; }

    /// <summary>Bytes that a command changed.</summary>
    public required long CorruptedBytes { get; init; }

    public required double RttMilliseconds { get; init; }

    /// <summary>Bits per second, 0 if unlimited.</summary>
    public required long BandwidthBits { get; init; }
}
