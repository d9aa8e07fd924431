using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Native;

/// <summary>
/// Has a thread come back from a system call in which it waits, with EINTR: by a signal whose handler does nothing. One that
/// comes just before the call is lost, so it is sent until it was of use.
/// </summary>
internal static class ThreadSignal
{
    private const int Number = 60; // near SIGRTMAX: the C library and the runtime use the first real-time signals

    private static readonly int Process = Prepare();

    /// <summary>Of the thread that asks, for <see cref="Send"/>.</summary>
    public static int CurrentThread => LibC.CurrentThread();

    /// <summary>To a thread of this process that has not ended.</summary>
    public static void Send(int thread) => _ = LibC.SignalThread(Process, thread, Number);

    private static int Prepare()
    {
        // A handler must be native code: abs takes a number, as handlers do, and touches nothing.
        LibC.HandleSignal(Number, NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "abs"));
        _ = LibC.LetInterrupt(Number, 1);
        return Environment.ProcessId;
    }
}
