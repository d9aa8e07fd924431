using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Disk;

namespace VirtualView.Cache.Layout;

/// <summary>One process to a store: an advisory lock that dies with its holder, and holds the holder's process id.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private FolderLock(SafeFileHandle file) => _file = file;

    /// <exception cref="BlockStoreUnavailableException">Another one has it, or the folder is not writable.</exception>
    public static FolderLock Take(StoreLayout layout)
    {
        var file = Open(layout);
        if (!Libc.TryLock(file))
        {
            var holder = ReadHolder(file);
            file.Dispose();
            throw new BlockStoreUnavailableException($"the cache in {layout.Root} is in use by process {holder}");
        }

        WriteHolder(file);
        return new FolderLock(file);
    }

    public void Dispose()
    {
        // Closing alone would not free it while a child that was just forked still has the descriptor.
        Libc.Unlock(_file);
        _file.Dispose();
    }

    private static SafeFileHandle Open(StoreLayout layout)
    {
        try
        {
            Directory.CreateDirectory(layout.Root);
            // What is no file cannot be held by another process.
            Obstacles.ClearForFile(layout.Lock);
            // The runtime's own lock would not let a second opener read who holds it.
            var file = Libc.OpenUnlocked(layout.Lock);
            return file.IsInvalid ? throw new IOException($"{layout.Lock} cannot be opened (error {Marshal.GetLastPInvokeError()})") : file;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BlockStoreUnavailableException($"the cache folder {layout.Root} is not writable: {cause.Message}", cause);
        }
    }

    /// <summary>For the message to others only: a full disk keeps nobody from holding the lock.</summary>
    private static void WriteHolder(SafeFileHandle file)
    {
        try
        {
            var pid = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, pid, 0);
        }
        catch (IOException)
        {
            // Full: they are told "unknown".
        }
    }

    private static string ReadHolder(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[16];
        var length = RandomAccess.Read(file, text, 0);
        return length > 0 ? Encoding.ASCII.GetString(text[..length]) : "unknown";
    }
}
