using System.Buffers;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>
/// Keeps the bytes of an answer back from a reader until they are proven by what is known only after the last of them.
/// </summary>
internal sealed class HeldBytes(int length) : IRangeSink, IDisposable
{
    /// <summary>
    /// So much is held at a time where a piece can be proven alone. While bytes are held the reader sees no progress, and
    /// takes a source without progress for dead.
    /// </summary>
    public const int PieceBytes = 1 << 20;

    /// <summary>So much is held where only the whole can be proven.</summary>
    public const int MostBytes = 8 << 20;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(length);
    private int _filled;

    public Memory<byte> Next => _bytes.AsMemory(_filled, length - _filled);

    public ReadOnlyMemory<byte> Filled => _bytes.AsMemory(0, _filled);

    public bool Accept(Validator answer) => true;

    public void Advance(int bytes) => _filled += bytes;

    public void HandTo(IRangeSink sink, CancellationToken cancel)
    {
        for (var rest = Filled; !rest.IsEmpty;)
        {
            cancel.ThrowIfCancellationRequested();
            var into = sink.Next;
            var part = rest[..Math.Min(rest.Length, into.Length)];
            part.CopyTo(into);
            sink.Advance(part.Length);
            rest = rest[part.Length..];
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);
}
