using System.Globalization;

namespace VirtualView.Fuse.Waiting;

/// <summary>Asks <c>/proc</c>: the kernel marks a thread that a fatal signal ends with a pending SIGKILL, whatever the signal was.</summary>
internal sealed class CallerProbe : ICallerProbe
{
    private const string ThreadSignals = "SigPnd:";
    private const string ProcessSignals = "ShdPnd:";
    private const ulong Kill = 1UL << (9 - 1);

    public bool IsDying(uint pid)
    {
        if (pid == 0) return false; // in a process namespace that we cannot see
        try
        {
            return HasPendingKill(File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")));
        }
        catch (IOException)
        {
            return false; // gone, which who waits in the kernel is not: only the thread that asked on behalf of others
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    internal static bool HasPendingKill(IEnumerable<string> status) =>
        status.Any(line => (Mask(line, ThreadSignals) | Mask(line, ProcessSignals)) is var mask && (mask & Kill) != 0);

    private static ulong Mask(string line, string name) =>
        line.StartsWith(name, StringComparison.Ordinal)
        && ulong.TryParse(line.AsSpan(name.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mask)
            ? mask
            : 0;
}
