namespace VirtualView.Cli.Configuration.Sections;

/// <summary>What is fetched before it is asked for.</summary>
internal enum PrefetchSetting
{
    None,
    Hdf5,
}
