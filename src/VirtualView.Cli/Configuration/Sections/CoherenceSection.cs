namespace VirtualView.Cli.Configuration.Sections;

/// <summary>How the view follows its sources.</summary>
internal sealed record CoherenceSection
{
    [Key(Min = "1s", Max = "7d")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);

    [Key(Min = "1s", Max = "7d")]
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromMinutes(8);

    [Key]
    public RevalidateSetting Revalidate { get; init; } = RevalidateSetting.Stale;

    [Key(Min = "1", Max = "256")]
    public int ListingsAtOnce { get; init; } = 8;

    [Key(Min = "1", Max = "10000")]
    public int ListingsPerSecond { get; init; } = 50;

    [Key(Min = "0", Max = "100000")]
    public int KeepSnapshots { get; init; } = 100;

    [Key(Min = "1s", Max = "36500d")]
    public TimeSpan KeepSnapshotsFor { get; init; } = TimeSpan.FromDays(30);
}
