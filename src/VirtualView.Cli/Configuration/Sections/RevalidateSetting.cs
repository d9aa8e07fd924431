namespace VirtualView.Cli.Configuration.Sections;

/// <summary>When a source is asked although the view has an answer.</summary>
internal enum RevalidateSetting
{
    Stale,
    Always,
    Never,
}
