using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources;

/// <summary>Stands between a source and its reader, and makes pieces small or wrong.</summary>
internal sealed class FaultySink(IRangeSink inner, Fault fault) : IRangeSink
{
    public Memory<byte> Next => inner.Next is var next && next.Length > fault.MostBytesAtOnce ? next[..fault.MostBytesAtOnce] : next;

    public bool Accept(Validator answer) => inner.Accept(answer);

    public void Advance(int bytes)
    {
        if (fault.Corrupt) inner.Next.Span[bytes / 2] ^= 0x10;
        inner.Advance(bytes);
    }
}
