using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Engine.Status;

/// <summary>What <c>explain PATH</c> shows.</summary>
public sealed record Explanation
{
    public required string Path { get; init; }

    /// <summary><c>File</c>, <c>Directory</c>, <c>Symlink</c>, or what else can be made here: <c>Fifo</c>, <c>Socket</c>, a device.</summary>
    public required string Kind { get; init; }

    /// <summary>Null for what is no file, and for a file whose listing gave only the name.</summary>
    public required string? Version { get; init; }

    /// <summary>Where a symbolic link leads, as <see cref="Core.Paths.ByteText"/> shows it; null for all else.</summary>
    public string? Target { get; init; }

    public required long SizeBytes { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    public required ImmutableArray<ReplicaExplanation> Replicas { get; init; }

    public required ImmutableArray<ByteRange> Cached { get; init; }

    public required long CachedBytes { get; init; }

    /// <summary>Bytes fetched by source name since the daemon started.</summary>
    public required ImmutableDictionary<string, long> FetchedBytes { get; init; }

    /// <summary>Milliseconds spent fetching, by source name.</summary>
    public required ImmutableDictionary<string, double> FetchMilliseconds { get; init; }

    public required long ServedBytes { get; init; }

    /// <summary>Fetched by served bytes; null before anything was served.</summary>
    public required double? OverReadRatio { get; init; }

    /// <summary>The kernel reads the cached file by itself; what it reads is not in <see cref="ServedBytes"/>.</summary>
    public bool IsLent { get; init; }

    public required int OpenHandles { get; init; }

    /// <summary>The last reason for which a read of this path failed, in words.</summary>
    public required string? LastFailure { get; init; }

    /// <summary>Null where nothing is local.</summary>
    public LocalExplanation? Local { get; init; }

    /// <summary>Of what has no version: no file, or one of which only the name is known, or one that was made here.</summary>
    internal static Explanation WithoutVersion(VirtualPath path, EntryKind kind, long sizeBytes, UnixTime modifiedAt) => new()
    {
        Path = path.ToString(),
        Kind = kind.ToString(),
        Version = null,
        SizeBytes = sizeBytes,
        ModifiedAt = modifiedAt.ToDateTimeOffset(),
        Replicas = [],
        Cached = [],
        CachedBytes = 0,
        FetchedBytes = ImmutableDictionary<string, long>.Empty,
        FetchMilliseconds = ImmutableDictionary<string, double>.Empty,
        ServedBytes = 0,
        OverReadRatio = null,
        OpenHandles = 0,
        LastFailure = null,
    };
}
