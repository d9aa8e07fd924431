using System.Globalization;

namespace VirtualView.Cli.Daemons;

/// <summary>Tells a process from a later one with the same number.</summary>
internal static class ProcessLife
{
    public static string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Null when there is no such process, or only its remains.</summary>
    public static long? StartTicks(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");

            // The name in parentheses may hold anything; the fields after it are plain. Field 3 is the state, 22 the start.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[22 - 3], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool IsAlive(DaemonRecord record) =>
        record.BootId == BootId && StartTicks(record.ProcessId) == record.ProcessStartTicks;
}
