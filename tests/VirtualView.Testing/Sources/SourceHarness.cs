using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Testing.Sources;

/// <summary>A source under test, with the means to change what it shows, behind its back.</summary>
public abstract class SourceHarness : IAsyncDisposable
{
    public abstract ISource Source { get; }

    /// <summary>Writes a whole file, and the directories above it.</summary>
    public abstract void PutFile(VirtualPath path, ReadOnlySpan<byte> content, UnixTime modifiedAt);

    public abstract void PutDirectory(VirtualPath path);

    /// <summary>A file or an empty directory.</summary>
    public abstract void Remove(VirtualPath path);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Source.DisposeAsync();
    }
}
