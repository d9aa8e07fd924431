using System.Net.Sockets;
using System.Text;

namespace VirtualView.Service.Sockets;

/// <summary>The file of a Unix socket: its folder, its mode, and what a dead daemon left.</summary>
internal static class SocketFile
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the path free to listen on.</summary>
    /// <exception cref="IOException">The path is too long, is no socket, or someone answers there.</exception>
    public static void Prepare(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > ControlServiceOptions.MaxSocketPathBytes)
            throw new IOException(
                $"the path of the control socket {path} is longer than {ControlServiceOptions.MaxSocketPathBytes} bytes: choose a shorter View.StateDirectory");

        // The mode of a folder that is there already stays: it may be one that was named by mistake, such as /tmp.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnlyFolder);
        if (!File.Exists(path)) return;
        if (Answers(path))
            throw new IOException($"another daemon answers at {path}: unmount it first, or choose another View.StateDirectory");
        File.Delete(path);
    }

    /// <summary>Between bind and this call the folder and the check of each peer keep others out.</summary>
    public static void Restrict(string path) => File.SetUnixFileMode(path, OwnerOnlyFile);

    private static bool Answers(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
