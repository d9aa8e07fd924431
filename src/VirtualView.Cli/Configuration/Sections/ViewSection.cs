namespace VirtualView.Cli.Configuration.Sections;

/// <summary>The view itself, and where it is mounted.</summary>
internal sealed record ViewSection
{
    [Key(IsRequired = true, Rule = "1 to 64 of A-Z a-z 0-9 . _ -")]
    public string? Name { get; init; }

    [Key(IsRequired = true, Rule = "an absolute path; `--mount-point` replaces it")]
    public string? MountPoint { get; init; }

    [Key(Default = "`$XDG_STATE_HOME/virtualview/NAME`, else `~/.local/state/virtualview/NAME`", Rule = "an absolute path, not inside the mount point")]
    public string? StateDirectory { get; init; }

    [Key]
    public bool AllowOther { get; init; }

    [Key]
    public bool ReadOnly { get; init; }

    [Key]
    public PassthroughSetting Passthrough { get; init; } = PassthroughSetting.Auto;

    [Key(Default = "none", Rule = "must be empty: not available yet")]
    public string? From { get; init; }
}
