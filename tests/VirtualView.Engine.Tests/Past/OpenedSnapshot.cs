using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Past;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Past;

/// <summary>Short ways through an opened snapshot.</summary>
internal static class OpenedSnapshot
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Outcome<NodeAttributes>> LookupAsync(this SnapshotView view, string path)
    {
        var found = await view.FileSystem.GetAttributesAsync(NodeId.Root, Cancel);
        foreach (var name in VirtualPath.Parse(path).Names)
        {
            if (!found.TryGet(out var directory)) return found;
            found = await view.FileSystem.LookupAsync(directory.Node, name, Cancel);
        }

        return found;
    }

    public static async Task<IReadOnlyList<string>> ListAsync(this SnapshotView view, string path)
    {
        var handle = (await view.FileSystem.OpenDirectoryAsync((await view.LookupAsync(path)).Value.Node, Cancel)).Value;
        var reply = new ListReply(int.MaxValue);
        Assert.Equal(FileSystemError.None, view.FileSystem.ReadDirectory(handle, 2, withAttributes: false, reply));
        view.FileSystem.ReleaseDirectory(handle);
        return [.. reply.Entries.Select(entry => entry.Name)];
    }

    public static async Task<(FileSystemError Error, byte[] Bytes)> ReadAsync(this SnapshotView view, string path, int length = 100_000, long offset = 0)
    {
        var handle = (await view.FileSystem.OpenAsync((await view.LookupAsync(path)).Value.Node, OpenIntent.Read, Cancel)).Value;
        var into = new byte[length];
        var outcome = await view.FileSystem.ReadAsync(handle, offset, into, Cancel);
        view.FileSystem.Release(handle);
        return (outcome.Error, outcome.IsOk ? into[..outcome.Bytes] : []);
    }
}
