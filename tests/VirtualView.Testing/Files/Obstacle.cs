using System.Runtime.InteropServices;
using System.Text;

namespace VirtualView.Testing.Files;

/// <summary>Puts something else where a program wants a file or a folder.</summary>
public static class Obstacle
{
    /// <summary>What stood at the path is gone after it.</summary>
    public static void Put(ObstacleKind kind, string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else File.Delete(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (kind)
        {
            case ObstacleKind.File:
                File.WriteAllText(path, "obstacle");
                break;
            case ObstacleKind.Folder:
                Directory.CreateDirectory(Path.Combine(path, "obstacle"));
                break;
            case ObstacleKind.LinkToNowhere:
                File.CreateSymbolicLink(path, "/nowhere/at/all");
                break;
            case ObstacleKind.LinkToItself:
                File.CreateSymbolicLink(path, path);
                break;
            case ObstacleKind.Pipe:
                if (HostCalls.MakeFifo(Encoding.UTF8.GetBytes(path + '\0'), 0b110_000_000) != 0)
                    throw new IOException($"making a pipe at {path}: {Marshal.GetLastPInvokeErrorMessage()}");
                break;
        }
    }
}
