namespace VirtualView.Cli.Configuration.Sections;

/// <summary>How the cache treats the files that a pattern matches.</summary>
internal sealed record CachePolicySection
{
    [Key(IsRequired = true, Rule = "a glob over paths in the view")]
    public string? Match { get; init; }

    [Key]
    public bool Pin { get; init; }

    [Key(TakesEffectLater = true)]
    public PrefetchSetting Prefetch { get; init; } = PrefetchSetting.None;
}
