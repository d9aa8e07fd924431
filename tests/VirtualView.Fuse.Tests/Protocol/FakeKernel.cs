using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.TestHost.Writable;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

/// <summary>The kernel's end of a session, over a socket that keeps message boundaries: needs neither root nor FUSE.</summary>
internal sealed class FakeKernel : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly byte[] _received = new byte[1 << 20];
    private Task _ended = Task.CompletedTask;
    private ulong _unique;

    private FakeKernel(Socket socket, FuseSession session) => (_socket, Session) = (socket, session);

    public SampleTree Tree { get; private init; } = null!;

    /// <summary>The file system of a session that was started to write.</summary>
    public WritableFileSystem Writable { get; private init; } = null!;

    /// <summary>The time of the session. The file system's is real: its delays are what a test waits for.</summary>
    public FakeTimeProvider Time { get; private init; } = null!;

    public FakeCallers Callers { get; private init; } = null!;

    public FuseSession Session { get; }

    public FuseCounters Counters => Session.Counters;

    /// <summary>A session whose INIT is still to come.</summary>
    public static FakeKernel Create(bool canWrite = false)
    {
        var (ours, theirs) = DescriptorPair.Create();
        var (tree, time, callers) = (new SampleTree(TimeProvider.System, manyFiles: 10), new FakeTimeProvider(), new FakeCallers());
        var writable = new WritableFileSystem(TimeProvider.System);
        var options = new FuseMountOptions { MountPoint = "/nowhere", ReaderThreads = 2 };
        IViewFileSystem files = canWrite ? writable : tree.Files;
        var session = new FuseSession(new Descriptor(theirs), files, options, callers, new FuseCounters(), time, NullLogger.Instance);
        return new FakeKernel(new Socket(new SafeSocketHandle(ours, ownsHandle: true)), session)
        {
            Tree = tree, Writable = writable, Time = time, Callers = callers,
        };
    }

    /// <summary>A session that has answered INIT.</summary>
    public static async Task<FakeKernel> StartAsync(uint minor = 45, bool canWrite = false)
    {
        var kernel = Create(canWrite);
        var started = kernel.StartSessionAsync();
        await kernel.CallAsync(FuseOpcode.Init, 0, Bytes(new InitIn { Major = 7, Minor = minor, Flags = uint.MaxValue, Flags2 = uint.MaxValue }));
        await started;
        return kernel;
    }

    public async Task<Agreement> StartSessionAsync()
    {
        var agreement = await Session.StartAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        _ended = Session.RunToEndAsync();
        return agreement;
    }

    public static byte[] Bytes<T>(in T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    public static byte[] Name(string name) => [.. Encoding.UTF8.GetBytes(name), 0];

    public static byte[] Read(ulong handle, long offset, int size, uint flags = 0) =>
        Bytes(new ReadIn { Handle = handle, Offset = (ulong)offset, Size = (uint)size, Flags = flags });

    /// <summary>Sends a request and gives its unique.</summary>
    public async Task<ulong> SendAsync(FuseOpcode opcode, ulong node, byte[] payload, uint pid = 1)
    {
        var unique = _unique += 2;
        var header = new InHeader { Length = (uint)(40 + payload.Length), Opcode = opcode, Unique = unique, NodeId = node, Pid = pid };
        await SendRawAsync([.. Bytes(header), .. payload]);
        return unique;
    }

    public async Task SendRawAsync(byte[] message) => await _socket.SendAsync(message).WaitAsync(Patience);

    public async Task<KernelReply> ReceiveAsync()
    {
        var length = await _socket.ReceiveAsync(_received).WaitAsync(Patience);
        Assert.True(length >= 16, $"a reply of {length} bytes");
        var header = MemoryMarshal.Read<OutHeader>(_received);
        Assert.Equal((uint)length, header.Length);
        return new KernelReply(header.Unique, -header.Error, _received[16..length]);
    }

    /// <summary>Sends a request and gives its reply, the next that comes.</summary>
    public async Task<KernelReply> CallAsync(FuseOpcode opcode, ulong node, byte[] payload)
    {
        var unique = await SendAsync(opcode, node, payload);
        var reply = await ReceiveAsync();
        Assert.Equal(unique, reply.Unique);
        return reply;
    }

    public async Task<NodeId> LookupAsync(string name) =>
        new((await CallAsync(FuseOpcode.Lookup, 1, Name(name))).As<EntryOut>().NodeId);

    public async Task<ulong> OpenAsync(string name)
    {
        var node = await LookupAsync(name);
        return (await CallAsync(FuseOpcode.Open, node.Value, Bytes(new OpenIn()))).As<OpenOut>().Handle;
    }

    /// <summary>Ends the connection, as an unmount does, and waits until the session has taken notice.</summary>
    public async Task CloseAsync()
    {
        if (_socket.SafeHandle.IsClosed) return;
        _socket.Shutdown(SocketShutdown.Send); // what was sent is still read
        await _ended.WaitAsync(Patience);
        _socket.Dispose();
    }

    /// <summary>Waits until the session has let go of the device, and says whether it did.</summary>
    public async Task<bool> HasEndedAsync() => await _socket.ReceiveAsync(_received).WaitAsync(Patience) == 0;

    public async ValueTask DisposeAsync() => await CloseAsync();
}
