namespace VirtualView.Cli.Configuration.Sections;

/// <summary>The kinds of sources by the name in the configuration, and the section that each is written in.</summary>
internal static class SourceKinds
{
    public static IReadOnlyList<string> Available { get; } = ["Http", "Local"];

    /// <summary>Named in the configuration's description, and not built yet.</summary>
    public static IReadOnlyList<string> Later { get; } = ["S3", "Sftp", "WebDav", "XRootD", "Globus", "Peer"];

    /// <summary>Null for a kind whose keys are not known here.</summary>
    public static Type? SectionOf(string kind) => kind.ToUpperInvariant() switch
    {
        "LOCAL" => typeof(LocalSourceSection),
        "HTTP" => typeof(HttpSourceSection),
        "S3" => typeof(S3SourceSection),
        "SFTP" => typeof(SftpSourceSection),
        _ => null,
    };
}
