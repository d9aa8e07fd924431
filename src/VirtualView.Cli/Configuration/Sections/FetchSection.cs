using VirtualView.Core.Units;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>How bytes are asked of sources.</summary>
internal sealed record FetchSection
{
    [Key(Min = "64 KiB", Max = "64 MiB", Rule = "at least `Cache.BlockSize`")]
    public ByteSize MaxRequest { get; init; } = new(8 << 20);

    [Key(Min = "1s", Max = "1h")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [Key(TakesEffectLater = true)]
    public bool Hedge { get; init; } = true;

    [Key(Min = "1 MiB", Max = "4 GiB", Rule = "at least `Fetch.MaxRequest`")]
    public ByteSize MaxInFlight { get; init; } = new(64 << 20);

    [Key(Max = "1 GiB")]
    public ByteSize ReadAhead { get; init; } = new(32 << 20);
}
