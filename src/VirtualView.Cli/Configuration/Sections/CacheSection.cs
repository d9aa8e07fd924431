using System.Collections.Immutable;
using VirtualView.Core.Units;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>The local store of blocks.</summary>
internal sealed record CacheSection
{
    [Key(Default = "the lesser of 50 GiB and half of the disk", Min = "64 MiB")]
    public ByteSize? Capacity { get; init; }

    [Key(Min = "64 KiB", Max = "8 MiB", Rule = "a power of two")]
    public ByteSize BlockSize { get; init; } = new(256 << 10);

    [Key(Default = "`StateDirectory/cache` where that is given, else `$XDG_CACHE_HOME/virtualview/NAME` or `~/.cache/virtualview/NAME`", Rule = "an absolute path, not inside the mount point")]
    public string? Directory { get; init; }

    [Key(Default = "the lesser of 1 GiB and a twentieth of the disk")]
    public ByteSize? MinFree { get; init; }

    [Key]
    public VerifySetting Verify { get; init; } = VerifySetting.Once;

    [Key(Default = "none")]
    public ImmutableArray<CachePolicySection> Policies { get; init; } = [];
}
