namespace VirtualView.Cli.Configuration.Sections;

/// <summary>A folder of this machine, such as an NFS mount.</summary>
internal sealed record LocalSourceSection : SourceSection
{
    [Key(IsRequired = true, Rule = "an absolute path, neither inside the mount point nor around it")]
    public string? Path { get; init; }
}
