using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Passthrough;
using VirtualView.Fuse.TestHost;

namespace VirtualView.Fuse.Tests.Passthrough;

public sealed class OpenModesTests
{
    private static readonly NodeId Node = new(7);
    private static readonly HandleId Handle = new(1);

    private readonly FakeBackingFiles _kernel = new();
    private readonly FuseCounters _counters = new();
    private readonly MemoryFileSystem _files = new(TimeProvider.System) { Lend = _ => ValueTask.FromResult<SafeFileHandle?>(AnyFile()) };
    private readonly OpenModes _modes;

    public OpenModesTests() => _modes = new OpenModes(_files, _kernel, _counters);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_who_have_a_node_open_read_the_same_backing_file()
    {
        var first = await _modes.EnterAsync(Node, Handle, Cancel);
        Assert.NotEqual(0, first);
        Assert.Equal(first, await _modes.EnterAsync(Node, Handle, Cancel));
        _modes.Leave(Node);
        Assert.Equal(first, await _modes.EnterAsync(Node, Handle, Cancel));
        Assert.Equal([first], _kernel.Held);
        _modes.Leave(Node);
        _modes.Leave(Node);
        Assert.Empty(_kernel.Held);
        Assert.Equal(3, _counters.PassedThrough);
    }

    [Fact]
    public async Task Who_comes_while_a_node_is_read_through_the_daemon_does_so_too()
    {
        _files.Lend = _ => ValueTask.FromResult<SafeFileHandle?>(null);
        Assert.Equal(0, await _modes.EnterAsync(Node, Handle, Cancel));
        _files.Lend = _ => ValueTask.FromResult<SafeFileHandle?>(AnyFile()); // complete by now
        Assert.Equal(0, await _modes.EnterAsync(Node, Handle, Cancel));
        _modes.Leave(Node);
        Assert.Equal(0, await _modes.EnterAsync(Node, Handle, Cancel));
        _modes.Leave(Node);
        _modes.Leave(Node);
        Assert.NotEqual(0, await _modes.EnterAsync(Node, Handle, Cancel));
    }

    [Fact]
    public async Task Of_two_that_are_first_at_once_the_faster_decides_and_no_file_is_left_with_the_kernel()
    {
        var slow = new TaskCompletionSource<SafeFileHandle?>();
        _files.Lend = _ => new ValueTask<SafeFileHandle?>(slow.Task);
        var waiting = _modes.EnterAsync(Node, Handle, Cancel);
        _files.Lend = _ => ValueTask.FromResult<SafeFileHandle?>(null);
        Assert.Equal(0, await _modes.EnterAsync(Node, Handle, Cancel));
        slow.SetResult(AnyFile());
        Assert.Equal(0, await waiting);
        Assert.Empty(_kernel.Held);
    }

    [Fact]
    public async Task Who_may_write_never_shares_the_file_that_the_kernel_was_lent()
    {
        await _modes.EnterAsync(Node, Handle, Cancel);
        Assert.False(_modes.TryEnterWriting(Node));
        _modes.Leave(Node);
        Assert.True(_modes.TryEnterWriting(Node));
        Assert.Equal(0, await _modes.EnterAsync(Node, Handle, Cancel)); // follows the writer
        _modes.Leave(Node);
        Assert.True(_modes.TryEnterWriting(Node));
        _modes.Leave(Node);
        _modes.Leave(Node);
        Assert.NotEqual(0, await _modes.EnterAsync(Node, Handle, Cancel));
    }

    [Fact]
    public async Task Nodes_have_backing_files_of_their_own()
    {
        var one = await _modes.EnterAsync(Node, Handle, Cancel);
        var other = await _modes.EnterAsync(new NodeId(8), Handle, Cancel);
        Assert.NotEqual(one, other);
        _modes.Leave(Node);
        Assert.Equal([other], _kernel.Held);
    }

    [Fact]
    public async Task No_file_is_asked_for_where_none_can_be_passed_through()
    {
        _kernel.IsAvailable = false;
        _files.Lend = _ => throw new UnreachableException();
        Assert.Equal(0, await _modes.EnterAsync(Node, Handle, Cancel));
    }

    [Fact]
    public async Task At_every_moment_all_opens_of_a_node_agree()
    {
        var open = new Dictionary<NodeId, (int Mode, int Opens)>();
        var gate = new Lock();
        _files.Lend = async _ =>
        {
            await Task.Yield();
            return Random.Shared.Next(2) == 0 ? AnyFile() : null;
        };
        await Parallel.ForAsync(0, 64, Cancel, async (_, cancel) =>
        {
            for (var i = 0; i < 200; i++)
            {
                var node = new NodeId((ulong)Random.Shared.Next(3) + 2);
                var mode = await _modes.EnterAsync(node, Handle, cancel);
                lock (gate)
                {
                    var others = open.GetValueOrDefault(node, (Mode: mode, Opens: 0));
                    Assert.Equal(others.Mode, mode);
                    open[node] = (mode, others.Opens + 1);
                }

                await Task.Yield();
                lock (gate)
                {
                    var (was, opens) = open[node];
                    if (opens == 1) open.Remove(node);
                    else open[node] = (was, opens - 1);
                }

                _modes.Leave(node);
            }
        });
        Assert.Empty(_kernel.Held);
    }

    private static SafeFileHandle AnyFile() => File.OpenHandle(typeof(OpenModesTests).Assembly.Location);
}
