using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cache.Disk;

internal sealed class LinuxDisk : IDisk
{
    private const string LabelAttribute = "user.virtualview.payload";

    public int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => Libc.Write(file, bytes, offset);

    public int PunchHole(SafeFileHandle file, long offset, long length) => Libc.PunchHole(file, offset, length);

    public int Truncate(SafeFileHandle file) => Libc.Truncate(file);

    public int Sync(SafeFileHandle file, bool dataOnly) => Libc.Sync(file, dataOnly);

    public int SyncFolder(string path) => Libc.SyncFolder(path);

    public void StartWriting(SafeFileHandle file) => Libc.StartWriting(file);

    public int SetLabel(string path, ReadOnlySpan<byte> label) => Libc.SetAttribute(path, LabelAttribute, label);

    public bool TryGetLabel(string path, Span<byte> label) => Libc.GetAttribute(path, LabelAttribute, label) == label.Length;

    public string? NetworkFileSystem(string folder) => Libc.FileSystemType(folder) switch
    {
        0x6969 => "NFS",
        0xFF534D42 or 0xFE534D42 or 0x517B => "SMB",
        0x01021997 => "9p",
        0x00C36400 => "Ceph",
        0x0BD00BD0 => "Lustre",
        0x47504653 => "GPFS",
        0x5346414F or 0x6B414653 => "AFS",
        _ => null,
    };

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
