namespace VirtualView.Core.FileSystem;

/// <summary>What is to be set on a node; null leaves it. All of it is one change.</summary>
public readonly record struct AttributeChange
{
    /// <summary>The permission bits alone.</summary>
    public int? Mode { get; init; }

    public uint? Uid { get; init; }

    public uint? Gid { get; init; }

    public long? SizeBytes { get; init; }

    public TimeChange? AccessedAt { get; init; }

    public TimeChange? ModifiedAt { get; init; }

    /// <summary>
    /// The change takes set-user-ID, set-group-ID (where the group may execute) and capabilities away, because of who makes it.
    /// Of a directory it takes nothing.
    /// </summary>
    public bool DropsPrivileges { get; init; }
}
