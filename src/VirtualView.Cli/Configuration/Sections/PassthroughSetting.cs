namespace VirtualView.Cli.Configuration.Sections;

/// <summary>Whether the kernel may read what is cached as a whole without asking the daemon.</summary>
internal enum PassthroughSetting
{
    /// <summary>Where the kernel knows how and the daemon is root.</summary>
    Auto,

    Off,
}
