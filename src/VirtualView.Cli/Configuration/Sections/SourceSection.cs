namespace VirtualView.Cli.Configuration.Sections;

/// <summary>A remote store. Which keys it has depends on its kind.</summary>
internal abstract record SourceSection
{
    [Key(IsRequired = true, Rule = "`Local` or `Http`; not available yet: `S3`, `Sftp`, `WebDav`, `XRootD`, `Globus`, `Peer`")]
    public string? Kind { get; init; }
}
