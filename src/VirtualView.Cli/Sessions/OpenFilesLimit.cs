using System.Globalization;
using System.Runtime.InteropServices;

namespace VirtualView.Cli.Sessions;

/// <summary>
/// How many files a process may have open. The runtime raises its own soft limit to the hard one, and programs that it
/// becomes would inherit that; some close every number up to it, some cannot use numbers beyond 1023.
/// </summary>
internal static class OpenFilesLimit
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const string Field = "Max open files";

    /// <summary>
    /// The soft limit of the process that started this one, as this one had it before the runtime; null where the hard
    /// limits differ, so that something set both in between.
    /// </summary>
    public static ulong? OfCaller()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
        return Read(parent) is { } caller && Read("self") is { } own && caller.Hard == own.Hard ? caller.Soft : null;
    }

    /// <summary>Sets the soft limit alone.</summary>
    public static void Set(ulong soft)
    {
        if (Read("self") is not { } now) return;
        _ = SetLimit(OpenFiles, new Limit(Math.Min(soft, now.Hard), now.Hard));
    }

    private static Limit? Read(string process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/limits").First(line => line.StartsWith(Field, StringComparison.Ordinal));
            var values = line[Field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new Limit(Parse(values[0]), Parse(values[1]));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ulong Parse(string value) => value == "unlimited" ? ulong.MaxValue : ulong.Parse(value, CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
