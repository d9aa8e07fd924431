namespace VirtualView.Cli.Configuration.Sections;

/// <summary>When copies on two sources are one version.</summary>
internal enum SameSetting
{
    Checksum,
    SizeAndTime,
}
