namespace VirtualView.Cli.Configuration.Sections;

/// <summary>How the view follows its sources.</summary>
internal sealed record CoherenceSection
{
    [Key(Min = "1s", Max = "7d")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);

    [Key(Min = "0", Max = "100000", TakesEffectLater = true)]
    public int KeepSnapshots { get; init; } = 100;
}
