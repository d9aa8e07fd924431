using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Passthrough;
using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.TestHost.Writable;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class AllocationTests
{
    private const int Reads = 10_000;
    private const int ReadBytes = 65_536;

    [Fact]
    public async Task A_hit_allocates_nothing()
    {
        var (ours, theirs) = DescriptorPair.Create();
        using var kernel = new Descriptor(ours);
        using var channel = new DeviceChannel(new Descriptor(theirs));
        var tree = new SampleTree(TimeProvider.System, manyFiles: 1);
        var opened = await tree.Files.OpenAsync(new NodeId(2), OpenIntent.Read, CancellationToken.None);
        var counters = new FuseCounters();
        var dispatcher = Dispatcher(tree.Files, counters);
        byte[] request =
        [
            .. FakeKernel.Bytes(new InHeader { Length = 80, Opcode = FuseOpcode.Read, Unique = 2, NodeId = 2 }),
            .. FakeKernel.Read(opened.Value.Value, 4096, ReadBytes),
        ];
        using IDisposable reply = new ReplyBuffer(1 << 20);
        using var drained = new NativePages(1 << 20);

        Run(1000); // until everything is compiled
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(Reads);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Reads + 1000, counters.ReadHits);

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                dispatcher.Handle(request, channel, (ReplyBuffer)reply);
                Drain(kernel, drained, ReadBytes);
            }
        }
    }

    [Fact]
    public async Task A_write_at_once_allocates_nothing()
    {
        var (ours, theirs) = DescriptorPair.Create();
        using var kernel = new Descriptor(ours);
        using var channel = new DeviceChannel(new Descriptor(theirs));
        var files = new WritableFileSystem(TimeProvider.System);
        var what = new NewNode { Kind = EntryKind.File, Mode = 0x1a4, Owner = new Caller(0, 0) };
        var created = await files.CreateAsync(NodeId.Root, PathName.Of("file"), what, OpenIntent.Write, CancellationToken.None);
        var counters = new FuseCounters();
        var dispatcher = Dispatcher(files, counters);
        const int bytes = 4096; // one page of the file system, which it has after the first write
        byte[] request =
        [
            .. FakeKernel.Bytes(new InHeader { Length = 80 + bytes, Opcode = FuseOpcode.Write, Unique = 2, NodeId = 2 }),
            .. FakeKernel.Bytes(new WriteIn { Handle = created.Value.Handle.Value, Size = bytes }),
            .. new byte[bytes],
        ];
        using IDisposable reply = new ReplyBuffer(1 << 20);
        using var drained = new NativePages(1 << 20);

        Run(1000); // until everything is compiled
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(Reads);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((Reads + 1000L) * bytes, counters.WrittenBytes);

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                dispatcher.Handle(request, channel, (ReplyBuffer)reply);
                Drain(kernel, drained, 8);
            }
        }
    }

    private static unsafe void Drain(Descriptor kernel, NativePages into, int bytes)
    {
        if (LibC.Read(kernel, into.Start, (nuint)into.Length) != 16 + bytes) throw new InvalidOperationException("not the reply");
    }

    private static Dispatcher Dispatcher(IViewFileSystem files, FuseCounters counters)
    {
        var options = new FuseMountOptions { MountPoint = "/nowhere" };
        var logger = NullLogger.Instance;
        var replier = new Replier(counters, logger);
        var room = new WaitingRoom(options, replier, counters, logger);
        var interrupts = new InterruptWatch(room, new CallerProbe(), TimeProvider.System);
        var modes = new OpenModes(files, new BackingFiles(new DeviceChannel(new Descriptor(-1)), logger), counters);
        var operations = new OperationTable(files, options, new Negotiation(), new OpenHandles(files, modes, logger), modes, room, interrupts, counters, logger);
        return new Dispatcher(operations, replier, counters, logger);
    }
}
