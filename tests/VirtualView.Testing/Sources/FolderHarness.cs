using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Testing.Files;

namespace VirtualView.Testing.Sources;

/// <summary>For sources that show a folder of this machine, directly or through a server.</summary>
/// <param name="below">Where in the folder the source has its root, so that tests can share a server.</param>
/// <param name="ownsFolder">Whether the folder goes with the source.</param>
/// <param name="isShared">Whether everybody may write into its directories, as a server does that runs as somebody else.</param>
public sealed class FolderHarness(HostFolder folder, VirtualPath below, ISource source, bool ownsFolder, bool isShared = false) : SourceHarness
{
    public override ISource Source => source;

    public override void PutFile(VirtualPath path, ReadOnlySpan<byte> content, UnixTime modifiedAt)
    {
        folder.PutFile(below / path, content, modifiedAt);
        if (isShared) Share(path.Parent);
    }

    public override void PutDirectory(VirtualPath path)
    {
        folder.PutDirectory(below / path);
        if (isShared) Share(path);
    }

    public override void Remove(VirtualPath path) => folder.Remove(below / path);

    private void Share(VirtualPath directory)
    {
        for (; ; directory = directory.Parent)
        {
            folder.SetMode(below / directory, 0b111_111_111);
            if (directory.IsRoot) return;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (ownsFolder) folder.Dispose();
    }
}
