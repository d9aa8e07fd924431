using VirtualView.Core.Units;

namespace VirtualView.Core.FileSystem;

/// <summary>A time to set: a certain one, or that of the call.</summary>
public readonly record struct TimeChange
{
    private TimeChange(UnixTime? at) => At = at;

    public static TimeChange Now => default;

    /// <summary>Null: now.</summary>
    public UnixTime? At { get; }

    public static TimeChange To(UnixTime at) => new(at);
}
