using System.Buffers.Binary;

namespace VirtualView.Fuse.TestHost.Writable;

/// <summary>
/// All that was written to the one file of a file system, in order, and where a sync fell: for who wants to know what a
/// disk would hold if it had lost power at a moment between. A record is 8 bytes offset and 8 bytes length (both
/// little-endian), and the bytes; the length is negative for zeros, which are not in the record, and 0 for a sync.
/// </summary>
internal sealed class WriteRecording(string path) : IDisposable
{
    private const int HeadBytes = 16;

    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    public void Wrote(long offset, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty) Put(offset, bytes.Length, bytes);
    }

    public void Cleared(long offset, long length) => Put(offset, -length, []);

    public void Synced() => Put(0, 0, []);

    public void Dispose() => _file.Dispose();

    // In one piece: the length of the file always is the end of a record.
    private void Put(long offset, long length, ReadOnlySpan<byte> bytes)
    {
        var record = new byte[HeadBytes + bytes.Length];
        BinaryPrimitives.WriteInt64LittleEndian(record, offset);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(sizeof(long)), length);
        bytes.CopyTo(record.AsSpan(HeadBytes));
        _file.Write(record);
    }
}
