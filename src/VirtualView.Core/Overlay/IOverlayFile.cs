using VirtualView.Core.Outcomes;
using VirtualView.Core.Units;

namespace VirtualView.Core.Overlay;

/// <summary>An open file of written bytes. Any thread may call anything at any time. All but a sync block for the disk, not longer.</summary>
public interface IOverlayFile : IDisposable
{
    OverlayFileFacts Facts { get; }

    /// <summary>Reads what is there; fewer bytes only at its end. Holes read as zeros.</summary>
    ReadOutcome Read(long offset, Span<byte> into);

    /// <summary>The same if no disk must be waited for; null when it must.</summary>
    ReadOutcome? TryRead(long offset, Span<byte> into);

    /// <summary>Writes all of it. After a failure a part of it may have been written.</summary>
    FileSystemError Write(long offset, ReadOnlySpan<byte> bytes);

    FileSystemError SetSize(long bytes);

    FileSystemError SetModified(UnixTime at);

    FileSystemError Reserve(long offset, long length, bool keepsSize);

    /// <summary>The range reads as zeros and takes no room, where the disk can; its size stays.</summary>
    FileSystemError PunchHole(long offset, long length);

    /// <summary>Where the next data begins; null when there is none.</summary>
    long? NextData(long offset);

    /// <summary>Where the next hole begins: at the latest at the end.</summary>
    long NextHole(long offset);

    /// <summary>
    /// What was written survives the loss of power from here on, and so does the file's name. After one that failed all
    /// fail, also of who opens the file again, until it is emptied: bytes that the disk did not take are lost, and it
    /// does not tell which.
    /// </summary>
    ValueTask<FileSystemError> SyncAsync(bool dataOnly);
}
