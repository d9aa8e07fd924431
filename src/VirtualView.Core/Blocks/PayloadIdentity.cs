using VirtualView.Core.Versions;

namespace VirtualView.Core.Blocks;

/// <summary>Whose bytes a payload holds. It is written beside the bytes and compared whenever they are opened.</summary>
public readonly record struct PayloadIdentity(VersionId Version, long SizeBytes);
