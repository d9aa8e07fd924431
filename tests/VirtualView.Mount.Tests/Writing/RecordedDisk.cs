using System.Buffers.Binary;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>
/// A real file system whose disk records all that is written to it. From the recording comes a disk as it may be when the
/// power goes at any moment: what was written before the last sync is there, and of what was written after it some, in any
/// order, as a disk with a cache does.
/// </summary>
internal sealed class RecordedDisk : IAsyncDisposable
{
    private const long ImageBytes = 256L << 20;
    private const int HeadBytes = 16;

    private readonly DiskHost _host;
    private readonly HostFolder _folder = new();

    private RecordedDisk(DiskHost host) => _host = host;

    public string Folder => Path.Combine(_folder.Path, "mounted");

    public string Recording => _host.Recording;

    public static async Task<RecordedDisk> MountAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control"), "needs root and loop devices");
        var disk = new RecordedDisk(await DiskHost.MountAsync());
        var image = Path.Combine(disk._host.Folder, "image");
        (await Command.RunAsync("truncate", "-s", $"{ImageBytes}", image)).Succeeded();
        (await Command.RunAsync("mkfs.ext4", "-q", "-F", "-E", "nodiscard", "-b", "4096", image)).Succeeded();
        await AttachAsync(image, disk.Folder);
        return disk;
    }

    /// <summary>Calls with a folder that shows what is left when the power goes at a position of the recording.</summary>
    public async Task CutAsync(long position, int seed, Func<string, Task> look)
    {
        using var left = new HostFolder();
        var (image, mounted) = (Path.Combine(left.Path, "image"), Path.Combine(left.Path, "mounted"));
        Replay(image, position, new Random(seed));
        await AttachAsync(image, mounted);
        try
        {
            await look(mounted);
        }
        finally
        {
            await Command.RunAsync("umount", mounted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", Folder);
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    // Time alone commits nothing: only what is synced is sure to be there.
    private static async Task AttachAsync(string image, string folder)
    {
        Directory.CreateDirectory(folder);
        (await Command.RunAsync("mount", "-t", "ext4", "-o", "loop,commit=900", image, folder)).Succeeded();
    }

    private void Replay(string image, long position, Random random)
    {
        using var recording = new FileStream(Recording, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var into = new FileStream(image, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        into.SetLength(ImageBytes);
        var unsynced = new List<(long Offset, byte[] Bytes)>();
        var head = new byte[HeadBytes];
        while (recording.Position < position)
        {
            recording.ReadExactly(head);
            var (offset, length) = (BinaryPrimitives.ReadInt64LittleEndian(head), BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(sizeof(long))));
            if (length == 0)
            {
                Write(into, unsynced);
                continue;
            }

            var bytes = new byte[Math.Abs(length)];
            if (length > 0) recording.ReadExactly(bytes);
            unsynced.Add((offset, bytes));
        }

        var share = random.NextDouble();
        unsynced.RemoveAll(_ => random.NextDouble() < share);
        Write(into, unsynced);
    }

    private static void Write(FileStream into, List<(long Offset, byte[] Bytes)> writes)
    {
        foreach (var (offset, bytes) in writes)
        {
            into.Position = offset;
            into.Write(bytes);
        }

        writes.Clear();
    }
}
