namespace VirtualView.Cli.Configuration.Sections;

/// <summary>A folder behind SSH. The kind is not available yet; its keys are checked all the same.</summary>
internal sealed record SftpSourceSection : SourceSection
{
    [Key(IsRequired = true, TakesEffectLater = true)]
    public string? Url { get; init; }

    [Key(Default = "none", TakesEffectLater = true)]
    public string? PrivateKeyFile { get; init; }

    [Key(Default = "none", TakesEffectLater = true)]
    public string? KnownHosts { get; init; }
}
