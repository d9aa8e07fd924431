using VirtualView.Service.Answers;

namespace VirtualView.Service;

public sealed record ControlServiceOptions
{
    /// <summary>The longest path of a Unix socket that Linux takes, in bytes.</summary>
    public const int MaxSocketPathBytes = 107;

    /// <summary>Where to listen: absolute, in a folder that is made, private to its owner, if it is not there.</summary>
    public required string SocketPath { get; init; }

    /// <summary>What clients are told of this process.</summary>
    public required DaemonInfo Daemon { get; init; }
}
