using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Overlay;

public sealed class SizesAndHolesTests
{
    private static readonly byte[] Remote = FakeSource.Pattern(10_500);

    [Fact]
    public async Task A_remote_file_gets_no_size_that_the_disk_would_refuse()
    {
        const long most = 1L << 44;
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        world.World.Written.MostBytes = most;
        foreach (var size in (long[])[most + 1, 1L << 62, long.MaxValue])
        {
            Assert.Equal(FileSystemError.FileTooLarge, await world.SetAsync("/raw", new AttributeChange { SizeBytes = size, Mode = 0x1FF }));
            var handle = await world.OpenAsync("/raw");
            foreach (var mode in (AllocateMode[])[AllocateMode.Reserve, AllocateMode.ReserveKeepingSize, AllocateMode.Zero, AllocateMode.ZeroKeepingSize])
                Assert.Equal(FileSystemError.FileTooLarge, await world.Files.AllocateAsync(handle, mode, size - 10, 10, TestWorld.Cancel));
            await world.CloseAsync(handle);
        }

        Assert.Equal(Remote, await world.ReadAllAsync("/raw"));
        Assert.Empty(world.World.Engine.LocalChanges!.Below(VirtualPath.Root));
        Assert.Equal(FileSystemError.None, await world.SetAsync("/raw", new AttributeChange { SizeBytes = most }));
        Assert.Equal(most, (await world.StatAsync("/raw")).SizeBytes);
    }

    [Fact]
    public async Task A_remote_file_may_be_as_long_as_any_file_where_the_disk_sets_no_limit()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        Assert.Equal(FileSystemError.None, await world.SetAsync("/raw", new AttributeChange { SizeBytes = long.MaxValue }));
        var attributes = await world.StatAsync("/raw");
        Assert.Equal((long.MaxValue, true), (attributes.SizeBytes, attributes.AllocatedBytes > 0));
    }

    [Fact]
    public async Task A_hole_that_a_mapping_may_have_filled_is_not_called_one()
    {
        const int end = 1 << 20;
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        Assert.Equal(FileSystemError.None, await world.SetAsync("/raw", new AttributeChange { SizeBytes = end }));
        var mapped = await world.OpenAsync("/raw");
        Assert.Equal(FileSystemError.NoSuchPosition, (await SeekAsync(mapped, 500_000, SeekTarget.Data)).Error);
        // The kernel reads a page before a program can change it.
        await world.World.ReadAsync(mapped, 524_288, 4096);
        var other = await world.OpenAsync("/raw", OpenIntent.Read);
        Assert.Equal(524_288, (await SeekAsync(other, 500_000, SeekTarget.Data)).Value);
        Assert.Equal(528_384, (await SeekAsync(other, 524_288, SeekTarget.Hole)).Value);
        Assert.Equal(500_000, (await SeekAsync(other, 500_000, SeekTarget.Hole)).Value);
        // Before the last one who can have it mapped lets go, the kernel writes back.
        await world.CloseAsync(mapped);
        Assert.Equal(FileSystemError.NoSuchPosition, (await SeekAsync(other, 500_000, SeekTarget.Data)).Error);
        await world.CloseAsync(other);

        async Task<Outcome<long>> SeekAsync(HandleId handle, long offset, SeekTarget target) =>
            await world.Files.SeekAsync(handle, offset, target, TestWorld.Cancel);
    }

    [Fact]
    public async Task What_is_punched_out_of_a_remote_file_is_a_hole()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var handle = await world.OpenAsync("/raw", OpenIntent.Write);
        Assert.Equal(FileSystemError.None, await world.WriteAsync(handle, 1000, [1, 2, 3]));
        Assert.Equal(FileSystemError.None, await world.Files.AllocateAsync(handle, AllocateMode.PunchHole, 4096, 4096, TestWorld.Cancel));
        await world.CloseAsync(handle);
        var reader = await world.OpenAsync("/raw", OpenIntent.Read);
        Assert.Equal((4096, 5000, 10_500), (await SeekAsync(0, SeekTarget.Hole), await SeekAsync(5000, SeekTarget.Hole), await SeekAsync(8192, SeekTarget.Hole)));
        Assert.Equal((1000, 8192, 8192), (await SeekAsync(1000, SeekTarget.Data), await SeekAsync(4096, SeekTarget.Data), await SeekAsync(8191, SeekTarget.Data)));
        await world.CloseAsync(reader);

        async Task<long> SeekAsync(long offset, SeekTarget target) => (await world.Files.SeekAsync(reader, offset, target, TestWorld.Cancel)).Value;
    }
}
