using System.Runtime.InteropServices;
using System.Text;

namespace VirtualView.Cli.Sessions;

/// <summary>Makes this process another program: its number, its terminal, what it has open and its exit code are that one's.</summary>
internal static class Exec
{
    private const int BrokenPipe = 13; // SIGPIPE
    private const int Ambient = 47; // PR_CAP_AMBIENT
    private const nuint ClearAll = 4; // PR_CAP_AMBIENT_CLEAR_ALL

    /// <summary>The arguments of this process as they were given, byte by byte.</summary>
    public static byte[][] OwnArguments()
    {
        var line = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
        var arguments = new List<byte[]>();
        foreach (var part in line.TrimEnd((byte)0).Split((byte)0))
            arguments.Add(line[part].ToArray());
        return [.. arguments];
    }

    /// <summary>How this executable is started: as itself, or by <c>dotnet</c>.</summary>
    public static byte[][] OwnProgram()
    {
        var process = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [Encoding.UTF8.GetBytes(process), Encoding.UTF8.GetBytes(Path.GetFullPath(Environment.GetCommandLineArgs()[0]))]
            : [Encoding.UTF8.GetBytes(process)];
    }

    /// <summary>In the environment that the next program gets; that of .NET is another one.</summary>
    public static void SetVariable(string name, string? value) =>
        _ = value is null ? UnsetVariable(Text(name)) : SetVariable(Text(name), Text(value), 1);

    /// <summary>Gives up what a user namespace granted, which programs would inherit.</summary>
    public static void DropGranted() => _ = Control(Ambient, ClearAll, 0, 0, 0);

    /// <summary>Does not return, but for an error: its number.</summary>
    public static int Replace(byte[][] arguments)
    {
        // The runtime ignores it, and what is ignored stays so in the next program.
        _ = Signal(BrokenPipe, 0);
        nint[] texts = [.. arguments.Select(Copy), 0];
        _ = Execute(texts[0], texts);
        var errno = Marshal.GetLastPInvokeError();
        foreach (var text in texts) Marshal.FreeHGlobal(text);
        return errno;
    }

    private static byte[] Text(string value) => Encoding.UTF8.GetBytes(value + '\0');

    private static nint Copy(byte[] text)
    {
        var copy = Marshal.AllocHGlobal(text.Length + 1);
        Marshal.Copy(text, 0, copy, text.Length);
        Marshal.WriteByte(copy, text.Length, 0);
        return copy;
    }

    [DllImport("libc", EntryPoint = "execvp", SetLastError = true)]
    private static extern int Execute(nint file, nint[] arguments);

    [DllImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static extern nint Signal(int number, nint handler);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [DllImport("libc", EntryPoint = "setenv", SetLastError = true)]
    private static extern int SetVariable(byte[] name, byte[] value, int overwrite);

    [DllImport("libc", EntryPoint = "unsetenv", SetLastError = true)]
    private static extern int UnsetVariable(byte[] name);
}
