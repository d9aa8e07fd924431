using System.Runtime.InteropServices;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;
using VirtualView.Cache.Tests.Support;

namespace VirtualView.Cache.Tests;

public sealed class IndexWritesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A checkpoint that was given up goes on to its next file behind the back of a store that is closed.</summary>
    [Fact]
    public async Task What_begins_after_the_end_is_given_up_and_leaves_no_file()
    {
        var writes = new IndexWrites(new LinuxDisk());
        using var device = new IndexDevice(new StoreLayout(_folder.Path), Path.Combine(_folder.Path, "index", "log"), writes);
        Assert.Equal((uint)Errno.None, await WriteAsync(device));
        Directory.Delete(Path.Combine(_folder.Path, "index"), recursive: true);
        await writes.DisposeAsync();

        Assert.Equal((uint)Errno.Io, await WriteAsync(device, segment: 1));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "index")));
    }

    private static async Task<uint> WriteAsync(IndexDevice device, int segment = 0)
    {
        var ended = new TaskCompletionSource<uint>();
        var bytes = Marshal.AllocHGlobal(512);
        device.WriteAsync(bytes, segment, 0, 512, (error, _, _) => ended.SetResult(error), new object());
        var error = await ended.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Marshal.FreeHGlobal(bytes);
        return error;
    }
}
