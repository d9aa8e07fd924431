using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources.Writing;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>Content in memory, which can come to an end before it should.</summary>
public sealed class ArrayContent(byte[] bytes) : IUploadContent
{
    public long SizeBytes => bytes.Length;

    /// <summary>What reaches beyond this cannot be read.</summary>
    public long ReadableBytes { get; init; } = long.MaxValue;

    /// <summary>Called at each read, with where it begins.</summary>
    public Action<long>? Reading { get; init; }

    public ValueTask<ReadOutcome> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Reading?.Invoke(offset);
        if (offset + into.Length > ReadableBytes) return new(ReadOutcome.Stale);
        bytes.AsMemory((int)offset, into.Length).CopyTo(into);
        return new(ReadOutcome.Read(into.Length));
    }
}
