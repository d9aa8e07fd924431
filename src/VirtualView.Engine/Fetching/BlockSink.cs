using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// Takes the bytes of one attempt at a request, block by block. A block that is complete is handed on at once; one that
/// the attempt leaves incomplete is fetched again from its beginning.
/// </summary>
internal sealed class BlockSink(BlockRequest request, int firstBlock, Func<Validator, bool> accept, Action<InflightBlock> complete) : IRangeSink
{
    private int _filled;

    /// <summary>Index in the request of the first block that is not complete.</summary>
    public int NextBlock { get; private set; } = firstBlock;

    public Memory<byte> Next => NextBlock < request.Blocks.Length ? request.Blocks[NextBlock].Bytes[_filled..] : default;

    public bool Accept(Validator answer) => accept(answer);

    public void Advance(int bytes)
    {
        _filled += bytes;
        var block = request.Blocks[NextBlock];
        if (_filled > block.LengthBytes) throw new InvalidOperationException("a source advanced past the room it was given");
        if (_filled < block.LengthBytes) return;
        _filled = 0;
        NextBlock++;
        complete(block);
        block.Finish(FileSystemError.None);
    }
}
