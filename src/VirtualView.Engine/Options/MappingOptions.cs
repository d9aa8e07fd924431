using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Options;

/// <summary>Which sources appear where in the view.</summary>
public sealed record MappingOptions
{
    public required VirtualPath At { get; init; }

    /// <summary>In order of precedence.</summary>
    public required ImmutableArray<SourceId> Sources { get; init; }

    public SameRule Same { get; init; } = SameRule.Checksum;

    /// <summary>Nothing below <see cref="At"/> can be changed in the view.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Permission bits of remote files.</summary>
    public int FileMode { get; init; } = 0b110_100_100;

    /// <summary>Permission bits of remote directories.</summary>
    public int DirMode { get; init; } = 0b111_101_101;

    public uint Uid { get; init; }

    public uint Gid { get; init; }
}
