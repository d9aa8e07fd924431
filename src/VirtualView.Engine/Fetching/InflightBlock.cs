using System.Buffers;
using VirtualView.Core.Outcomes;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// A block on its way: filled by one request, waited for by any number of readers. Its buffer goes back to the pool when
/// the last of those who hold it lets go; who joins must still find it in the table of its version.
/// </summary>
internal sealed class InflightBlock(long number, int lengthBytes)
{
    private readonly TaskCompletionSource<FileSystemError> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _buffer; // rented when the request has its turn, not while it waits for it
    private int _holders = 1;

    public long Number { get; } = number;

    public int LengthBytes { get; } = lengthBytes;

    /// <summary>Ends with <c>None</c> when the whole block is there, else with why it never will be.</summary>
    public Task<FileSystemError> Finished => _finished.Task;

    /// <summary>Ends when the store has it, or will not.</summary>
    public Task<bool> Settled => _settled.Task;

    /// <summary>Where the request fills in the bytes, and where readers find them once it is finished.</summary>
    public Memory<byte> Bytes => (_buffer ??= ArrayPool<byte>.Shared.Rent(LengthBytes)).AsMemory(0, LengthBytes);

    public void Hold() => Interlocked.Increment(ref _holders);

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0 && _buffer is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Leaves the buffer to whoever may still write into it; the next attempt takes another.</summary>
    public void LeaveBuffer() => _buffer = null;

    public void Finish(FileSystemError error) => _finished.TrySetResult(error);

    public void Settle() => _settled.TrySetResult(true);
}
