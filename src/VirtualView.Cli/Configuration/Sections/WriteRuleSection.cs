namespace VirtualView.Cli.Configuration.Sections;

/// <summary>What becomes of writes to the files that a pattern matches.</summary>
internal sealed record WriteRuleSection
{
    [Key(IsRequired = true, Rule = "a glob over paths in the view", TakesEffectLater = true)]
    public string? Match { get; init; }

    [Key(IsRequired = true, TakesEffectLater = true)]
    public WritePolicy? Policy { get; init; }
}
