using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse;

/// <summary>What has passed the boundary since the mount began. Every number only grows.</summary>
public sealed class FuseCounters
{
    private readonly long[] _requests = new long[64]; // by opcode; the last for those unknown
    private long _readBytes;
    private long _readHits;
    private long _readMisses;
    private long _writtenBytes;
    private long _delayedWrites;
    private long _errors;
    private long _malformed;
    private long _refusedReplies;
    private long _interrupted;
    private long _passedThrough;
    private long _notificationsSent;
    private long _notificationsDropped;

    /// <summary>Bytes that READ answered with.</summary>
    public long ReadBytes => Interlocked.Read(ref _readBytes);

    /// <summary>READs answered at once.</summary>
    public long ReadHits => Interlocked.Read(ref _readHits);

    /// <summary>READs that had to wait.</summary>
    public long ReadMisses => Interlocked.Read(ref _readMisses);

    /// <summary>Bytes that WRITE brought.</summary>
    public long WrittenBytes => Interlocked.Read(ref _writtenBytes);

    /// <summary>WRITEs that had to wait.</summary>
    public long DelayedWrites => Interlocked.Read(ref _delayedWrites);

    /// <summary>Requests answered with an errno.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Messages that were no request.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Replies that the kernel did not take, most of them to callers that were gone.</summary>
    public long RefusedReplies => Interlocked.Read(ref _refusedReplies);

    /// <summary>Calls cancelled because their caller was dying.</summary>
    public long Interrupted => Interlocked.Read(ref _interrupted);

    /// <summary>Opens after which the kernel reads a local file by itself: those reads are in no other number here.</summary>
    public long PassedThrough => Interlocked.Read(ref _passedThrough);

    public long NotificationsSent => Interlocked.Read(ref _notificationsSent);

    /// <summary>Notifications that a full queue dropped.</summary>
    public long NotificationsDropped => Interlocked.Read(ref _notificationsDropped);

    /// <summary>Requests by the name of their operation, as <c>Lookup</c>; those never seen are left out.</summary>
    public IReadOnlyDictionary<string, long> Requests()
    {
        var counts = new Dictionary<string, long>();
        for (var opcode = 0; opcode < _requests.Length; opcode++)
        {
            if (Interlocked.Read(ref _requests[opcode]) is var count and > 0)
                counts[opcode == _requests.Length - 1 ? "Unknown" : ((FuseOpcode)opcode).ToString()] = count;
        }

        return counts;
    }

    internal void CountRequest(FuseOpcode opcode) =>
        Interlocked.Increment(ref _requests[Math.Min((uint)opcode, (uint)_requests.Length - 1)]);

    internal void CountHit(int bytes)
    {
        Interlocked.Increment(ref _readHits);
        Interlocked.Add(ref _readBytes, bytes);
    }

    internal void CountMiss() => Interlocked.Increment(ref _readMisses);

    internal void CountMissedBytes(int bytes) => Interlocked.Add(ref _readBytes, bytes);

    internal void CountWritten(int bytes) => Interlocked.Add(ref _writtenBytes, bytes);

    internal void CountDelayedWrite() => Interlocked.Increment(ref _delayedWrites);

    internal void CountError() => Interlocked.Increment(ref _errors);

    internal void CountMalformed() => Interlocked.Increment(ref _malformed);

    internal void CountRefusedReply() => Interlocked.Increment(ref _refusedReplies);

    internal void CountInterrupted() => Interlocked.Increment(ref _interrupted);

    internal void CountPassedThrough() => Interlocked.Increment(ref _passedThrough);

    internal void CountNotification() => Interlocked.Increment(ref _notificationsSent);

    internal void CountDropped(int notifications) => Interlocked.Add(ref _notificationsDropped, notifications);
}
