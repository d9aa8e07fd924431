using VirtualView.Core.State;

namespace VirtualView.Engine.Past;

/// <summary>A snapshot that can be opened, as it is listed.</summary>
public sealed record SnapshotInfo
{
    /// <summary>By this, or by any from <see cref="First"/> on.</summary>
    public required long Number { get; init; }

    /// <summary>From this number on nothing changed at the sources; only more was looked at.</summary>
    public required long First { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>What it is kept as; null for one that goes by count and age.</summary>
    public required string? Name { get; init; }

    /// <summary>What the view shows now.</summary>
    public bool IsCurrent { get; init; }

    internal static SnapshotInfo Of(SnapshotRecord record, bool isNewest) => new()
    {
        Number = record.Number,
        First = record.First,
        TakenAt = record.TakenAt.ToDateTimeOffset(),
        Name = record.Name?.ToString(),
        IsCurrent = isNewest,
    };
}
