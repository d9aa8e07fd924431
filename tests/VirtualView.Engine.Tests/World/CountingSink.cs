using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Tests.World;

/// <summary>Takes everything and keeps nothing.</summary>
internal sealed class CountingSink : IRangeSink
{
    private readonly byte[] _room = new byte[4096];

    public long Bytes { get; private set; }

    public Memory<byte> Next => _room;

    public bool Accept(Validator answer) => true;

    public void Advance(int bytes) => Bytes += bytes;
}
