using System.Buffers;
using VirtualView.Core.Blocks;
using VirtualView.Core.Overlay;
using VirtualView.Core.Ranges;
using VirtualView.Engine.Fetching;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Whether a write changes anything, as far as that is known without asking a source.</summary>
internal static class KnownBytes
{
    /// <summary>Larger writes are hardly ever what is already there, and cost more to compare.</summary>
    private const int MostBytesCompared = 256 << 10;

    public static bool AreThese(LocalFileBase below, PinnedVersion? version, long offset, ReadOnlySpan<byte> bytes)
    {
        var range = new ByteRange(offset, bytes.Length);
        if (bytes.Length > MostBytesCompared || range.End > below.ShownBytes || version is not { IsStored: true }) return false;
        if (!below.Written.Intersect(range).IsEmpty) return false;
        var known = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var part = known.AsSpan(0, bytes.Length);
            return version.Payload.TryRead(offset, part) == BlockRead.Hit && part.SequenceEqual(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(known);
        }
    }
}
