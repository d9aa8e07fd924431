using VirtualView.Core.Versions;

namespace VirtualView.Core.Blocks;

/// <summary>A block that is not what it was when it was put.</summary>
public readonly record struct DamagedBlock(VersionId Version, long Block);
