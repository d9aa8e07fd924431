using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using FASTER.core;
using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Index;

/// <summary>
/// A file of FASTER's, in segments. Its own device would report a refused write to FASTER, wait for the disk at every
/// page, and keep 240 handles a segment; this one does none of these.
/// </summary>
internal sealed class IndexDevice : StorageDeviceBase
{
    private const int SectorBytes = 512;

    private readonly string _root;
    private readonly IndexWrites _writes;
    private readonly ConcurrentDictionary<int, SafeFileHandle> _segments = new();
    private readonly ConcurrentDictionary<int, bool> _unsynced = new(); // true: the name is new too
    private readonly Lock _opening = new();

    public IndexDevice(StoreLayout layout, string path, IndexWrites writes)
        : base(path, SectorBytes, Devices.CAPACITY_UNSPECIFIED)
    {
        (_root, _writes) = (layout.Root, writes);
        // What was deleted before must not be deleted again; FASTER begins at 0 when there is no file.
        startSegment = SegmentsOnDisk().DefaultIfEmpty(0).Min();
    }

    public override void WriteAsync(
        nint sourceAddress, int segmentId, ulong destinationAddress, uint numBytesToWrite, DeviceIOCompletionCallback callback, object context)
    {
        _unsynced.TryAdd(segmentId, false);
        _writes.Begin(new IndexWrite(this, segmentId, sourceAddress, (long)destinationAddress, numBytesToWrite, callback, context));
    }

    public override void ReadAsync(
        int segmentId, ulong sourceAddress, nint destinationAddress, uint readLength, DeviceIOCompletionCallback callback, object context) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ => Read(segmentId, (long)sourceAddress, destinationAddress, (int)readLength, callback, context), null);

    public override long GetFileSize(int segment)
    {
        if (SegmentSize > 0) return SegmentSize;
        var file = new FileInfo(PathOf(segment));
        return file.Exists ? file.Length : 0;
    }

    /// <summary>An error number, 0 when the segment's file is open. It is made when it is not there.</summary>
    public int TryOpen(int segment, out SafeFileHandle? file)
    {
        if (_segments.TryGetValue(segment, out file)) return Errno.None;
        lock (_opening)
        {
            if (_segments.TryGetValue(segment, out file)) return Errno.None;
            var path = PathOf(segment);
            try
            {
                Obstacles.MakeFolder(_root, Path.GetDirectoryName(path)!);
                Obstacles.ClearForFile(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return Errno.Of(error);
            }

            if (!File.Exists(path)) _unsynced[segment] = true;
            file = Libc.OpenUnlocked(path);
            if (file.IsInvalid) return Marshal.GetLastPInvokeError();
            _segments[segment] = file;
            return Errno.None;
        }
    }

    /// <summary>An error number, 0 when all that was written is on the disk. Also after the device was disposed of.</summary>
    public int Sync(IDisk disk)
    {
        foreach (var segment in _unsynced.Keys)
        {
            if (!_unsynced.TryRemove(segment, out var isNameNew) || !Obstacles.IsFile(PathOf(segment))) continue;
            using var file = Libc.OpenToRead(PathOf(segment));
            var error = file.IsInvalid ? Marshal.GetLastPInvokeError() : disk.Sync(file, dataOnly: !isNameNew);
            if (error == Errno.None) continue;
            _unsynced[segment] = isNameNew;
            return error;
        }

        return Errno.None;
    }

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result)
    {
        if (_segments.TryRemove(segment, out var file)) file.Dispose();
        StoreFormat.TryDelete(PathOf(segment));
        callback(result);
    }

    public override void Dispose()
    {
        foreach (var segment in _segments.Keys)
            if (_segments.TryRemove(segment, out var file)) file.Dispose();
    }

    public override void Reset() => Dispose();

    private unsafe void Read(int segment, long offset, nint into, int length, DeviceIOCompletionCallback callback, object context)
    {
        var got = -1;
        try
        {
            if (TryOpen(segment, out var file) == Errno.None) got = Libc.Read(file!, new Span<byte>((void*)into, length), offset);
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile: nobody waits for it.
        }

        callback(got < 0 ? (uint)Errno.Io : Errno.None, (uint)Math.Max(got, 0), context);
    }

    private string PathOf(int segment) => string.Create(CultureInfo.InvariantCulture, $"{FileName}.{segment}");

    private IEnumerable<int> SegmentsOnDisk()
    {
        var folder = Path.GetDirectoryName(FileName)!;
        if (!Directory.Exists(folder)) yield break;
        foreach (var path in Directory.EnumerateFiles(folder, Path.GetFileName(FileName) + ".*"))
            if (int.TryParse(Path.GetExtension(path.AsSpan())[1..], CultureInfo.InvariantCulture, out var segment)) yield return segment;
    }
}
