using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Overlay;

/// <summary>A writable view over fakes, used by paths.</summary>
internal sealed class WriteWorld : IAsyncDisposable
{
    public TestWorld World { get; } = new() { IsWritable = true };

    public FakeSource Source => World.Source;

    public IWritableFileSystem Files => World.Writable;

    public static async Task<WriteWorld> StartAsync(Action<FakeSource>? fill = null, long readAhead = 0)
    {
        var world = new WriteWorld();
        fill?.Invoke(world.Source);
        await world.World.OpenAsync(readAhead: readAhead);
        return world;
    }

    public Task RestartAsync() => World.RestartAsync();

    /// <summary>The process dies: what the journal, the files and the saved snapshot have is all that is left.</summary>
    public Task KillAsync() => World.KillAsync();

    public async Task<NodeId> NodeAsync(string path)
    {
        var found = await World.LookupAsync(path);
        Assert.True(found.IsOk, $"{path}: {found.Error}");
        return found.Value.Node;
    }

    public async Task<NodeAttributes> StatAsync(string path) => (await World.LookupAsync(path)).Value;

    public async Task<FileSystemError> MakeDirectoryAsync(string path) => (await MakeAsync(path, EntryKind.Directory)).Error;

    public async Task<Outcome<NodeAttributes>> MakeAsync(string path, EntryKind kind, string target = "")
    {
        var (directory, name) = await SplitAsync(path);
        var what = New(kind) with { Target = System.Text.Encoding.UTF8.GetBytes(target) };
        return await Files.MakeAsync(directory, name, what, TestWorld.Cancel);
    }

    public async Task<HandleId> CreateAsync(string path)
    {
        var (directory, name) = await SplitAsync(path);
        var created = await Files.CreateAsync(directory, name, New(EntryKind.File), OpenIntent.Read | OpenIntent.Write, TestWorld.Cancel);
        Assert.True(created.IsOk, $"{path}: {created.Error}");
        return created.Value.Handle;
    }

    public async Task<FileSystemError> PutAsync(string path, byte[] bytes)
    {
        var handle = await CreateAsync(path);
        var error = await WriteAsync(handle, 0, bytes);
        if (error == FileSystemError.None) error = await Files.FlushAsync(handle, TestWorld.Cancel);
        Files.Release(handle);
        return error;
    }

    public async Task<Outcome<HandleId>> TryOpenAsync(string path, OpenIntent intent) =>
        await Files.OpenAsync(await NodeAsync(path), intent, TestWorld.Cancel);

    public async Task<HandleId> OpenAsync(string path, OpenIntent intent = OpenIntent.Read | OpenIntent.Write)
    {
        var opened = await TryOpenAsync(path, intent);
        Assert.True(opened.IsOk, $"{path}: {opened.Error}");
        return opened.Value;
    }

    public async Task<FileSystemError> WriteAsync(HandleId handle, long offset, byte[] bytes) =>
        Files.TryWrite(handle, offset, bytes, dropsPrivileges: false).IsDone
            ? FileSystemError.None
            : await Files.WriteAsync(handle, offset, bytes, dropsPrivileges: false, TestWorld.Cancel);

    public async Task CloseAsync(HandleId handle)
    {
        Assert.Equal(FileSystemError.None, await Files.FlushAsync(handle, TestWorld.Cancel));
        Files.Release(handle);
    }

    public async Task<byte[]> ReadAllAsync(string path)
    {
        var handle = await OpenAsync(path, OpenIntent.Read);
        var bytes = await ReadAllAsync(handle);
        Files.Release(handle);
        return bytes;
    }

    public async Task<byte[]> ReadAllAsync(HandleId handle)
    {
        var all = new List<byte>();
        for (; ; )
        {
            var part = await World.ReadAsync(handle, all.Count, 3000);
            if (part.Length == 0) return [.. all];
            all.AddRange(part);
        }
    }

    public async Task<FileSystemError> UnlinkAsync(string path)
    {
        var (directory, name) = await SplitAsync(path);
        return await Files.UnlinkAsync(directory, name, TestWorld.Cancel);
    }

    public async Task<FileSystemError> RemoveDirectoryAsync(string path)
    {
        var (directory, name) = await SplitAsync(path);
        return await Files.RemoveDirectoryAsync(directory, name, TestWorld.Cancel);
    }

    public async Task<FileSystemError> RenameAsync(string from, string to, RenameMode mode = RenameMode.Replace)
    {
        var (fromDirectory, fromName) = await SplitAsync(from);
        var (toDirectory, toName) = await SplitAsync(to);
        return await Files.RenameAsync(fromDirectory, fromName, toDirectory, toName, mode, TestWorld.Cancel);
    }

    public async Task<FileSystemError> LinkAsync(string path, string to)
    {
        var (directory, name) = await SplitAsync(to);
        return (await Files.LinkAsync(await NodeAsync(path), directory, name, TestWorld.Cancel)).Error;
    }

    public async Task<FileSystemError> SetAsync(string path, AttributeChange change) =>
        (await Files.SetAttributesAsync(await NodeAsync(path), null, change, TestWorld.Cancel)).Error;

    public async Task<FileSystemError> ErrorAsync(string path) => (await World.LookupAsync(path)).Error;

    public async Task<string> ListAsync(string path) => string.Join(' ', (await World.ListAsync(path)).Order(StringComparer.Ordinal));

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static NewNode New(EntryKind kind) => new() { Kind = kind, Mode = 0b110_100_100, Owner = new Caller(1000, 1000) };

    private async Task<(NodeId Directory, PathName Name)> SplitAsync(string path)
    {
        var parsed = VirtualPath.Parse(path);
        return (await NodeAsync(parsed.Parent.ToString()), parsed.Name);
    }
}
