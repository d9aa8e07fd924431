using System.Collections.Immutable;
using VirtualView.Cli.Configuration.Values;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>Which sources appear where in the view.</summary>
internal sealed record MappingSection
{
    [Key(IsRequired = true, Rule = "a path in the view, `/` for all of it; each only once")]
    public string? At { get; init; }

    [Key(IsRequired = true, Rule = "names of sources, in order of precedence, each only once")]
    public ImmutableArray<string> Sources { get; init; } = [];

    [Key]
    public SameSetting Same { get; init; } = SameSetting.Checksum;

    [Key(Default = "none", Rule = "the first of the mapping's sources", TakesEffectLater = true)]
    public string? WriteTo { get; init; }

    [Key(Default = "none")]
    public ImmutableArray<WriteRuleSection> Writes { get; init; } = [];

    [Key]
    public bool ReadOnly { get; init; }

    [Key]
    public PermissionBits FileMode { get; init; } = new(0b110_100_100);

    [Key]
    public PermissionBits DirMode { get; init; } = new(0b111_101_101);

    [Key(Default = "the daemon's user", Min = "0", Max = "2147483647")]
    public int? Uid { get; init; }

    [Key(Default = "the daemon's group", Min = "0", Max = "2147483647")]
    public int? Gid { get; init; }

    [Key(Default = "`Coherence.PollInterval`", Min = "1s", Max = "7d")]
    public TimeSpan? PollInterval { get; init; }
}
