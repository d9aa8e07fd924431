using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// Takes the bytes of one attempt at a request, block by block. A block that is complete is handed on at once; one that
/// the attempt leaves incomplete is fetched again from its beginning. After the end of the attempt nothing gets in any
/// more, even from a source that goes on writing.
/// </summary>
internal sealed class BlockSink(BlockRequest request, int firstBlock, Func<Validator, bool> accept, Action<InflightBlock> complete) : IRangeSink
{
    // Held while a complete block is handed on, so that the end of the attempt comes before or after it.
    private readonly Lock _gate = new();
    private int _nextBlock = firstBlock; // this and all below guarded by _gate
    private int _filled;
    private bool _isAccepted;
    private bool _isEnded;

    public Memory<byte> Next
    {
        get
        {
            lock (_gate)
                return !_isEnded && _nextBlock < request.Blocks.Length ? request.Blocks[_nextBlock].Bytes[_filled..] : default;
        }
    }

    public bool Accept(Validator answer)
    {
        lock (_gate)
            return _isAccepted = !_isEnded && accept(answer);
    }

    public void Advance(int bytes)
    {
        lock (_gate)
        {
            if (_isEnded) return;
            if (!_isAccepted) throw new InvalidOperationException("a source delivered bytes that it had not proven");
            _filled += bytes;
            var block = request.Blocks[_nextBlock];
            if (_filled > block.LengthBytes) throw new InvalidOperationException("a source advanced past the room it was given");
            if (_filled < block.LengthBytes) return;
            _filled = 0;
            _nextBlock++;
            complete(block);
            block.Finish(FileSystemError.None);
        }
    }

    /// <summary>Ends the attempt. The buffer that the source may still hold is never used again.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            if (_nextBlock < request.Blocks.Length) request.Blocks[_nextBlock].LeaveBuffer();
        }
    }
}
