using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cache.Disk;

internal sealed class LinuxDisk : IDisk
{
    private const string LabelAttribute = "user.virtualview.payload";

    public int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => Libc.Write(file, bytes, offset);

    public int PunchHole(SafeFileHandle file, long offset, long length) => Libc.PunchHole(file, offset, length);

    public int Truncate(SafeFileHandle file) => Libc.Truncate(file);

    public int Sync(SafeFileHandle file, bool dataOnly) => Libc.Sync(file, dataOnly);

    public int SetLabel(string path, ReadOnlySpan<byte> label) => Libc.SetAttribute(path, LabelAttribute, label);

    public bool TryGetLabel(string path, Span<byte> label) => Libc.GetAttribute(path, LabelAttribute, label) == label.Length;

    public long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }
}
