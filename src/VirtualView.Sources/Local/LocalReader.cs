using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Local;

/// <summary>
/// Reads a range of an open file in pieces, and looks at the file before and after each one: what is handed over was
/// read while the file stayed as it was.
/// </summary>
internal sealed unsafe class LocalReader(SafeFileHandle file, VirtualPath path, Validator expected, TimeProvider clock)
{
    // Small enough that a waiting reader gets its bytes soon, large enough that the two looks cost nothing.
    private const int MostBytesAtOnce = 1 << 20;

    // ctime moves with chmod too; whoever moves it five times during one piece is writing.
    private const int MostAttempts = 5;

    private FileStatus _before;

    public SourceOutcome<Validator> Read(ByteRange range, IRangeSink sink, CancellationToken cancel)
    {
        if (Look(out _before) is { } error) return error;
        if (VersionProof.FindObjection(sink, _before.ToValidator(Now()), path.ToString()) is { } refused) return refused;
        for (var offset = range.Offset; offset < range.End;)
        {
            cancel.ThrowIfCancellationRequested();
            var into = sink.Next;
            var wanted = (int)Math.Min(Math.Min(into.Length, MostBytesAtOnce), range.End - offset);
            if (ReadPiece(into.Span[..wanted], offset, out var filled) is { } failure) return failure;
            sink.Advance(filled);
            offset += filled;
        }

        return _before.ToValidator(Now());
    }

    private SourceError? ReadPiece(Span<byte> into, long offset, out int filled)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (ReadOnce(into, offset, out filled) is { } error) return error;
            if (Look(out var after) is { } objection) return objection;
            var untouched = after.ChangedAt == _before.ChangedAt;
            _before = after;
            if (!untouched) continue;
            return filled > 0
                ? null
                : new SourceError(SourceErrorKind.Invalid, $"{path} ends at {offset}, before its size of {after.SizeBytes}");
        }

        filled = 0;
        return new SourceError(SourceErrorKind.Unreachable, $"{path} is being written to while it is read; try again");
    }

    private SourceError? ReadOnce(Span<byte> into, long offset, out int filled)
    {
        nint result;
        fixed (byte* pointer = into)
        {
            do
                result = Posix.ReadAt(file, pointer, (nuint)into.Length, offset);
            while (result < 0 && Marshal.GetLastPInvokeError() == LocalErrors.Interrupted);
        }

        filled = (int)Math.Max(result, 0);
        return result < 0 ? LocalErrors.Last("reading", path) : null;
    }

    private SourceError? Look(out FileStatus status)
    {
        if (!LocalFolder.TryStat(file, default, out status)) return LocalErrors.Last("stat of", path);
        return status.Kind switch
        {
            EntryKind.File => VersionProof.FindObjection(expected, status.ToValidator(Now()), path.ToString()),
            EntryKind.Directory => new SourceError(SourceErrorKind.WrongKind, $"{path} is a directory, not a file"),
            _ => new SourceError(SourceErrorKind.NotFound, $"{path} is not a regular file"),
        };
    }

    private UnixTime Now() => UnixTime.From(clock.GetUtcNow());
}
