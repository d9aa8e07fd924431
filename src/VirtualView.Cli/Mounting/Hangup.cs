using System.Globalization;
using System.Runtime.InteropServices;

namespace VirtualView.Cli.Mounting;

/// <summary>The end of the terminal or the connection that a daemon runs in.</summary>
internal static class Hangup
{
    /// <summary>Calls <paramref name="stop"/> instead of dying with a mount left behind. Null under <c>nohup</c>, which wants it passed over.</summary>
    public static IDisposable? Handle(Action stop) => IsIgnored() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        stop();
    });

    private static bool IsIgnored()
    {
        const string field = "SigIgn:";
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..];

        // SIGHUP is 1, the lowest bit.
        return (ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) != 0;
    }
}
