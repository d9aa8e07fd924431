using VirtualView.Cli.Configuration.Values;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>A bucket. The kind is not available yet; its keys are checked all the same.</summary>
internal sealed record S3SourceSection : SourceSection
{
    [Key(Default = "none", TakesEffectLater = true)]
    public string? Url { get; init; }

    [Key(IsRequired = true, TakesEffectLater = true)]
    public string? Bucket { get; init; }

    [Key(Default = "none", TakesEffectLater = true)]
    public string? Prefix { get; init; }

    [Key(Default = "none", TakesEffectLater = true)]
    public string? Region { get; init; }

    [Key(Default = "none", Rule = "`env:NAME` or `file:PATH`", TakesEffectLater = true)]
    public Secret? AccessKey { get; init; }

    [Key(Default = "none", Rule = "`env:NAME` or `file:PATH`", TakesEffectLater = true)]
    public Secret? SecretKey { get; init; }

    [Key(TakesEffectLater = true)]
    public bool PathStyle { get; init; }
}
