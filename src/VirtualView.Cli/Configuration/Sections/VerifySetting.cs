namespace VirtualView.Cli.Configuration.Sections;

/// <summary>How often a cached block proves itself by its checksum.</summary>
internal enum VerifySetting
{
    /// <summary>At its first use after the daemon's start.</summary>
    Once,

    /// <summary>At every read.</summary>
    Always,
}
