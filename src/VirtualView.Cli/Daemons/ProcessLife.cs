using System.Globalization;
using VirtualView.State.Folders;

namespace VirtualView.Cli.Daemons;

/// <summary>Tells a process from a later one with the same number.</summary>
internal static class ProcessLife
{
    public static string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Null when there is no such process, or only its remains.</summary>
    public static long? StartTicks(int processId) => Read(processId) is { IsOver: false } process ? process.StartTicks : null;

    public static bool IsAlive(DaemonRecord record) =>
        record.BootId == BootId && StartTicks(record.ProcessId) == record.ProcessStartTicks;

    /// <summary>
    /// True when it has ended on this machine. That there is no such process is not enough: it may be one of a container,
    /// which we do not see; but it would hold its state folder.
    /// </summary>
    public static bool IsDead(DaemonRecord record)
    {
        if (record.BootId != BootId) return false;
        return Read(record.ProcessId) is { } process && process.StartTicks == record.ProcessStartTicks
            ? process.IsOver
            : StateFolderLock.IsFree(record.StateFolder);
    }

    private static (bool IsOver, long StartTicks)? Read(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");

            // The name in parentheses may hold anything; the fields after it are plain. Field 3 is the state, 22 the start.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0] is "Z" or "X", long.Parse(fields[22 - 3], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
