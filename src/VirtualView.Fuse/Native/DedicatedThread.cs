namespace VirtualView.Fuse.Native;

/// <summary>A thread of its own for a loop that blocks in the kernel, and a task for its end.</summary>
internal sealed class DedicatedThread
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DedicatedThread(string name, Action loop)
    {
        var thread = new Thread(() => Run(loop)) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Faulted when the loop threw.</summary>
    public Task Ended => _ended.Task;

    public static DedicatedThread Start(string name, Action loop) => new(name, loop);

    private void Run(Action loop)
    {
        try
        {
            loop();
            _ended.SetResult();
        }
#pragma warning disable CA1031 // the edge of a loop: whoever awaits the end sees the cause
        catch (Exception cause)
#pragma warning restore CA1031
        {
            _ended.SetException(cause);
        }
    }
}
