using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.History;

/// <summary>Sees what was served, to check afterwards that no handle ever saw two versions.</summary>
public interface IReadObserver
{
    void Opened(HandleId handle, VirtualPath path, VersionId version);

    /// <summary>Bytes given to a reader; called before the reader has them, from any thread.</summary>
    void Served(HandleId handle, VersionId version, long offset, ReadOnlySpan<byte> bytes);
}
