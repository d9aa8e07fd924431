using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Local.Writing;

/// <summary>Writes the content of one upload into an empty file, and syncs it.</summary>
internal sealed class LocalStaging(LocalFolder folder, SafeFileHandle file, Upload upload)
{
    private const int PieceBytes = 1 << 20;

    private long _sentBytes;

    /// <summary>What was taken from the content; the rest was copied from the base.</summary>
    public async ValueTask<WriteOutcome<long>> WriteAsync(CancellationToken cancel)
    {
        var size = upload.Content.SizeBytes;
        var shared = upload.Over is { } over ? CopyBase(over, cancel) : RangeSet.Empty;
        if (PosixWriting.Truncate(file, size) != 0) return Failure("sizing");
        foreach (var missing in shared.Missing(new ByteRange(0, size)).Ranges)
        {
            if (await FillAsync(missing, cancel).ConfigureAwait(false) is { } error) return error;
        }

        if (upload.Lineage is { } lineage) LocalPlace.WriteLineage(file, lineage);
        return Finish() is { } failed ? failed : _sentBytes;
    }

    // Last: writing moves the time.
    private unsafe WriteError? Finish()
    {
        var times = stackalloc long[] { 0, PosixWriting.KeepTime, upload.ModifiedAt.Seconds, upload.ModifiedAt.SubsecondNanoseconds };
        if (PosixWriting.SetTimes(file, times) != 0) return Failure("setting the time of");
        return PosixWriting.Sync(file) == 0 ? null : Failure("syncing");
    }

    /// <summary>What of the base is in the file now; empty when the base is not what it was, or cannot be copied.</summary>
    private RangeSet CopyBase(DeltaBase over, CancellationToken cancel)
    {
        var opened = folder.OpenFile(over.Path);
        if (!opened.IsOk) return RangeSet.Empty;
        using var source = opened.Value;
        if (!IsBase(source, over, out var before)) return RangeSet.Empty;
        var wanted = over.Same.Intersect(new ByteRange(0, Math.Min(upload.Content.SizeBytes, before.SizeBytes)));
        var isCloned = PosixWriting.Control(file, PosixWriting.Clone, source) == 0;
        if (!isCloned && wanted.Ranges.Any(range => !Copy(source, range, cancel))) return RangeSet.Empty;
        // ctime moves with every write, also with one that restores the time.
        return IsBase(source, over, out var after) && after.ChangedAt == before.ChangedAt ? wanted : RangeSet.Empty;
    }

    private static bool IsBase(SafeFileHandle source, DeltaBase over, out FileStatus status) =>
        LocalFolder.TryStat(source, default, out status) && over.Version.Agrees(status.ToValidator(status.ModifiedAt));

    private unsafe bool Copy(SafeFileHandle source, ByteRange range, CancellationToken cancel)
    {
        long from = range.Offset, to = range.Offset;
        while (from < range.End)
        {
            cancel.ThrowIfCancellationRequested();
            if (PosixWriting.CopyRange(source, &from, file, &to, (nuint)Math.Min(range.End - from, 1L << 30), 0) <= 0) return false;
        }

        return true;
    }

    private async ValueTask<WriteError?> FillAsync(ByteRange range, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(PieceBytes, range.Length));
        try
        {
            for (var offset = range.Offset; offset < range.End;)
            {
                cancel.ThrowIfCancellationRequested();
                var piece = buffer.AsMemory(0, (int)Math.Min(Math.Min(buffer.Length, PieceBytes), range.End - offset));
                var read = await upload.Content.ReadAsync(offset, piece, cancel).ConfigureAwait(false);
                if (!read.IsOk || read.Bytes != piece.Length)
                    return new WriteError(WriteErrorKind.ContentLost, $"{upload.Path}: its bytes from {offset} on cannot be read ({read.Error})");
                if (!Write(piece.Span, offset)) return Failure("writing");
                offset += piece.Length;
                _sentBytes += piece.Length;
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private unsafe bool Write(ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* from = bytes)
                written = PosixWriting.WriteAt(file, from, (nuint)bytes.Length, offset);
            if (written < 0 && Marshal.GetLastPInvokeError() == LocalErrors.Interrupted) continue;
            if (written <= 0) return false;
            bytes = bytes[(int)written..];
            offset += written;
        }

        return true;
    }

    private WriteError Failure(string action) => LocalWriteErrors.Last(action, StagingName.For(upload));
}
