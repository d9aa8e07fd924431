using VirtualView.Core.Sources;

namespace VirtualView.Core.FileSystem;

/// <summary>What is to be created.</summary>
public readonly record struct NewNode
{
    public required EntryKind Kind { get; init; }

    /// <summary>The permission bits alone, the umask already taken off.</summary>
    public required int Mode { get; init; }

    public required Caller Owner { get; init; }

    /// <summary>Of devices, as the kernel packs it.</summary>
    public uint Device { get; init; }

    /// <summary>Of a symbolic link: any bytes but NUL, not empty, at most 4095.</summary>
    public ReadOnlyMemory<byte> Target { get; init; }
}
