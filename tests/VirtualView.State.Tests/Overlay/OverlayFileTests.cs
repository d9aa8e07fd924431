using CsCheck;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Units;
using VirtualView.Testing;

namespace VirtualView.State.Tests.Overlay;

public sealed class OverlayFileTests : OverlayTest
{
    private const int Most = 300_000;

    [Fact]
    public async Task A_file_does_what_an_array_of_bytes_does()
    {
        await using var store = await OpenAsync();
        var files = (await store.OpenOverlayAsync(Cancel)).Files;
        ulong id = 0;
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var random = new Random(seed);
                var model = Array.Empty<byte>();
                using var file = files.Create(new LocalId(++id)).Value;
                for (var step = 0; step < 30; step++)
                {
                    var (offset, length) = (random.Next(Most), random.Next(1, 70_000));
                    switch (random.Next(5))
                    {
                        case 0:
                            Assert.Equal(FileSystemError.None, file.SetSize(offset));
                            Array.Resize(ref model, offset);
                            break;
                        case 1:
                            Assert.Equal(FileSystemError.None, file.PunchHole(offset, length));
                            if (offset < model.Length) model.AsSpan(offset, Math.Min(length, model.Length - offset)).Clear();
                            break;
                        case 2:
                            var keepsSize = random.Next(2) == 0;
                            Assert.Equal(FileSystemError.None, file.Reserve(offset, length, keepsSize));
                            if (!keepsSize && offset + length > model.Length) Array.Resize(ref model, offset + length);
                            break;
                        default:
                            var bytes = new byte[length];
                            random.NextBytes(bytes);
                            Assert.Equal(FileSystemError.None, file.Write(offset, bytes));
                            if (offset + length > model.Length) Array.Resize(ref model, offset + length);
                            bytes.CopyTo(model, offset);
                            break;
                    }

                    AssertSame(model, file, random);
                }
            },
            iter: PropertyRuns.Of(30), threads: 1);
        Assert.Equal(Enumerable.Range(1, (int)id).Select(at => (ulong)at), files.List().Select(found => found.Value).Order());
    }

    [Fact]
    public async Task A_size_is_allowed_exactly_if_the_disk_gives_it_to_a_file()
    {
        await using var store = await OpenAsync();
        var files = (await store.OpenOverlayAsync(Cancel)).Files;
        using var file = files.Create(new LocalId(1)).Value;
        foreach (var size in (long[])[1, 1L << 31, 1L << 32, (1L << 44) - 4096, (1L << 44) - 1, 1L << 44, 1, 1L << 62, long.MaxValue, 0])
            Assert.Equal(file.SetSize(size), files.CheckSize(size));
        Assert.Equal([1UL], files.List().Select(found => found.Value));
    }

    [Fact]
    public async Task Files_are_made_opened_looked_at_deleted_and_set_aside()
    {
        await using var store = await OpenAsync();
        var (journal, files) = await store.OpenOverlayAsync(Cancel);
        await journal.LoadAsync(Cancel);
        var (id, other) = (new LocalId(0x1ab), new LocalId(0x2ab));
        Assert.Equal(FileSystemError.NotFound, files.Open(id).Error);
        Assert.Null(files.Look(id));
        using (var file = files.Create(id).Value)
        {
            Assert.Equal(FileSystemError.None, file.Write(1 << 20, "end"u8));
            Assert.Equal(FileSystemError.None, file.SetModified(new UnixTime(-1_234_567_891)));
            Assert.Equal(new UnixTime(-1_234_567_891), file.Facts.ModifiedAt);
            Assert.Equal(FileSystemError.None, await file.SyncAsync(dataOnly: false));
            Assert.Equal(file.Facts, files.Look(id));
            Assert.True(file.Facts.AllocatedBytes < 1 << 20);
        }

        using (var again = files.Create(id).Value) Assert.Equal((1 << 20) + 3, again.Facts.SizeBytes);
        files.Create(other).Value.Dispose();
        var path = Path.Combine(Folder.State, "overlay", "ab", "00000000000001ab");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        Assert.Equal([id, other], files.List().OrderBy(found => found.Value));
        using (var open = files.Open(other).Value)
        {
            files.Delete(other);
            files.Delete(other);
            Assert.Equal([id, other], files.List().OrderBy(found => found.Value));
            Assert.True(await files.DeleteNowAsync());
            Assert.False(await files.DeleteNowAsync());
            Assert.Equal([id], files.List());
            Assert.Equal(FileSystemError.None, open.Write(0, "still"u8));
            Assert.Equal(FileSystemError.None, await open.SyncAsync(dataOnly: true));
        }

        Assert.Equal(FileSystemError.None, files.SetAside(id));
        Assert.Empty(files.List());
        Assert.True(File.Exists(Path.Combine(Folder.State, "overlay", "lost", "00000000000001ab")));
        Assert.Equal(FileSystemError.NotFound, files.SetAside(id));
    }

    private static void AssertSame(byte[] model, IOverlayFile file, Random random)
    {
        Assert.Equal(model.Length, file.Facts.SizeBytes);
        var read = new byte[Most + 100_000];
        Assert.Equal(model.Length, file.Read(0, read).Bytes);
        Assert.True(model.AsSpan().SequenceEqual(read.AsSpan(0, model.Length)));
        var from = random.Next(model.Length + 1);
        if (file.TryRead(from, read) is { } now) Assert.True(model.AsSpan(from).SequenceEqual(read.AsSpan(0, now.Bytes)));

        // What is told to be a hole is zeros, and all is one or the other.
        long at = 0;
        while (at < model.Length)
        {
            var data = file.NextData(at) ?? model.Length;
            Assert.InRange(data, at, model.Length);
            Assert.Equal(-1, model.AsSpan((int)at..(int)data).IndexOfAnyExcept((byte)0));
            if (data == model.Length) break;
            at = file.NextHole(data);
            Assert.InRange(at, data + 1, model.Length);
        }

        Assert.Null(file.NextData(model.Length));
        Assert.Equal(model.Length, file.NextHole(model.Length));
    }
}
