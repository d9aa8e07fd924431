using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;

namespace VirtualView.Testing.Files;

/// <summary>A temporary folder of this machine, whose entries have any bytes as names. Gone when disposed.</summary>
public sealed class HostFolder : IDisposable
{
    private readonly byte[] _root;

    public HostFolder()
    {
        Path = Directory.CreateTempSubdirectory("virtualview-").FullName;
        _root = Encoding.UTF8.GetBytes(Path);
    }

    public string Path { get; }

    /// <summary>Writes a whole file in place, and makes the directories above it.</summary>
    public void PutFile(VirtualPath path, ReadOnlySpan<byte> content, UnixTime? modifiedAt = null)
    {
        PutDirectory(path.Parent);
        using (var handle = HostCalls.Open(BytesOf(path), HostCalls.WriteCreateTruncate, 0b110_100_100))
        {
            if (handle.IsInvalid) throw Failure("creating", path);
            RandomAccess.Write(handle, content, 0);
        }

        if (modifiedAt is { } time) SetModifiedAt(path, time);
    }

    public void PutDirectory(VirtualPath path)
    {
        const int exists = 17;
        for (var depth = 1; depth <= path.Names.Length; depth++)
        {
            var above = VirtualPath.Of(path.Names.Take(depth));
            if (HostCalls.MakeDirectory(BytesOf(above), 0b111_101_101) != 0 && Marshal.GetLastPInvokeError() != exists)
                throw Failure("making", above);
        }
    }

    public void PutLink(VirtualPath path, ReadOnlySpan<byte> target) => Check(HostCalls.MakeLink([.. target, 0], BytesOf(path)), path);

    public void PutFifo(VirtualPath path) => Check(HostCalls.MakeFifo(BytesOf(path), 0b110_110_110), path);

    public void SetMode(VirtualPath path, int mode) => Check(HostCalls.ChangeMode(BytesOf(path), (uint)mode), path);

    /// <summary>Of an entry; a link is not followed.</summary>
    public void SetModifiedAt(VirtualPath path, UnixTime time)
    {
        long[] times = [time.Seconds, time.SubsecondNanoseconds, time.Seconds, time.SubsecondNanoseconds];
        Check(HostCalls.SetTimes(HostCalls.CurrentDirectory, BytesOf(path), times, HostCalls.NoFollow), path);
    }

    /// <summary>A file, a link or an empty directory.</summary>
    public void Remove(VirtualPath path) => Check(HostCalls.Remove(BytesOf(path)), path);

    /// <summary>Where <paramref name="path"/> is on this machine, if its names are UTF-8.</summary>
    public string Locate(VirtualPath path) => Encoding.UTF8.GetString(BytesOf(path).AsSpan()[..^1]);

    public void Dispose()
    {
        // Directory.Delete cannot name what is not UTF-8.
        using var remove = Process.Start("rm", ["-rf", "--", Path]);
        remove.WaitForExit();
    }

    private static void Check(int result, VirtualPath path)
    {
        if (result != 0) throw Failure("changing", path);
    }

    private static IOException Failure(string action, VirtualPath path) =>
        new($"{action} {path}: {Marshal.GetLastPInvokeErrorMessage()}");

    private byte[] BytesOf(VirtualPath path)
    {
        var bytes = new List<byte>(_root);
        foreach (var name in path.Names)
        {
            bytes.Add((byte)'/');
            bytes.AddRange(name.Bytes);
        }

        bytes.Add(0);
        return [.. bytes];
    }
}
