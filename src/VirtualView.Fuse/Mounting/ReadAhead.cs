using System.Globalization;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Mounting;

/// <summary>
/// How far the kernel reads ahead on a mount. It grants 128 KiB, which over a latency of 10 ms is 43 MB/s; more can
/// only be set from outside, by root.
/// </summary>
internal static class ReadAhead
{
    public static void TrySet(MountEntry mount, int kibibytes, ILogger logger)
    {
        if (kibibytes == 0) return;
        try
        {
            File.WriteAllText($"/sys/class/bdi/{mount.Device}/read_ahead_kb", kibibytes.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            FuseLog.ReadAheadKept(logger, RawText.ToText(mount.MountPoint), cause.Message);
        }
    }
}
