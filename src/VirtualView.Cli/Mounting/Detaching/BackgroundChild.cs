using System.ComponentModel;
using System.Runtime.InteropServices;

namespace VirtualView.Cli.Mounting.Detaching;

/// <summary>
/// The daemon's side of <c>mount --background</c>. Standard error becomes the log file at once, before anything is
/// printed; standard output stays a pipe to the starter for the one line that it waits for.
/// </summary>
internal static class BackgroundChild
{
    /// <summary>Tells a process that it is one, and where its log is.</summary>
    public const string Variable = "VIRTUALVIEW_BACKGROUND_LOG";

    /// <summary>Before a line for the starter that says why there will be no daemon.</summary>
    public const string FailureMark = "! ";

    /// <summary>Before a line for the starter that it shows although there will be a daemon.</summary>
    public const string WarningMark = "? ";

    private const long MaxLogBytes = 16 << 20;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static bool IsThisProcess => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Must run before anything uses the console, which keeps descriptors of its own.</summary>
    public static void Detach()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } logFile) return;
        Check(Posix.StartSession(), "setsid");
        KeepOneOldLog(logFile);
        using var log = new FileStream(logFile, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = OwnerOnly,
        });
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Replace(0, nothing);
        ReplaceErrorOutput(log.SafeFileHandle);
        Environment.CurrentDirectory = "/";
    }

    /// <summary>Says the one line, after which the starter ends.</summary>
    public static void Tell(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
        Console.SetOut(TextWriter.Null);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Replace(1, nothing);
    }

    private static void KeepOneOldLog(string logFile)
    {
        if (new FileInfo(logFile) is { Exists: true, Length: > MaxLogBytes }) File.Move(logFile, logFile + ".1", overwrite: true);
    }

    /// <summary>
    /// Also what the runtime has made of it before we run: while one copy is open, whoever reads the starter's error
    /// output through a pipe waits for its end as long as the daemon lives.
    /// </summary>
    private static void ReplaceErrorOutput(SafeHandle log)
    {
        const string descriptors = "/proc/self/fd";
        var inherited = new FileInfo($"{descriptors}/2").LinkTarget;
        Replace(2, log);
        if (inherited?.StartsWith("pipe:", StringComparison.Ordinal) != true) return;
        foreach (var name in Directory.GetFiles(descriptors).Select(Path.GetFileName))
        {
            if (int.TryParse(name, out var descriptor) && descriptor > 2 && new FileInfo($"{descriptors}/{name}").LinkTarget == inherited)
                Replace(descriptor, log);
        }
    }

    private static void Replace(int descriptor, SafeHandle with) =>
        Check(Posix.Duplicate((int)with.DangerousGetHandle(), descriptor), "dup2");

    private static void Check(int result, string call)
    {
        if (result < 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{call} failed");
    }
}
