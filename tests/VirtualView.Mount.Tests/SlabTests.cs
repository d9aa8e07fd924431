using System.Globalization;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

/// <summary>A scan of 36 GB as a detector writes it: what of it travels when somebody looks at fifty frames.</summary>
[Trait("Needs", "fuse")]
[Trait("Duration", "long")]
public sealed class SlabTests : IDisposable
{
    private const long SlabBytes = 50L * 1679 * 1475 * sizeof(int);

    // All chunks have their place and only those of the slab have bytes, so the file takes 500 MB of the disk.
    private const string Write = """
        import h5py, numpy, sys
        with h5py.File(sys.argv[1], 'w') as file:
            group = file.create_group('entry/data')
            layout = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            layout.set_chunk((1, 1679, 1475))
            layout.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
            layout.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
            space = h5py.h5s.create_simple((3650, 1679, 1475))
            frames = h5py.Dataset(h5py.h5d.create(group.id, b'data', h5py.h5t.NATIVE_INT32, space, layout))
            for at in range(1800, 1850):
                frames[at] = numpy.arange(1679 * 1475, dtype='i4').reshape(1679, 1475) + at
        """;

    private const string Read = """
        import h5py, numpy, sys
        with h5py.File(sys.argv[1]) as file:
            slab = file['/entry/data/data'][1800:1850]
        frame = numpy.arange(1679 * 1475, dtype='i4').reshape(1679, 1475)
        assert all((slab[at] == frame + 1800 + at).all() for at in range(50))
        """;

    private readonly HostFolder _folder = new();

    [Fact]
    public async Task Fifty_frames_of_a_large_scan_cost_little_more_than_fifty_frames()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;
        var file = Path.Combine(data, "f1.h5");
        (await Command.RunAsync("/usr/bin/python3", "-c", Write, file)).Succeeded();
        Assert.True(new FileInfo(file).Length > 36_000_000_000);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(50));
        await using var view = await MountedView.MountAsync($"file://{data}");
        (await Command.RunAsync("/usr/bin/python3", "-c", Read, view.At("f1.h5"))).Succeeded();

        var fetched = (await view.StatusAsync()).GetProperty("bytesFetched").GetInt64();
        Assert.True(fetched <= 1.1 * SlabBytes, string.Create(CultureInfo.InvariantCulture, $"{fetched} bytes were fetched for {SlabBytes}"));
    }

    public void Dispose() => _folder.Dispose();
}
