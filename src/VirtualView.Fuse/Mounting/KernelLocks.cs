using System.Globalization;
using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Mounting;

/// <summary>
/// The exclusive locks on the files of one mount, as the kernel lists them. Reading the list touches no mount. Who holds a
/// shared one reads, and reads on in one version whatever the name leads to: h5py takes one for as long as a file is open,
/// which must not keep a view from following its sources.
/// </summary>
internal sealed class KernelLocks(string device) : IFileLocks
{
    private const string KernelList = "/proc/locks";

    private static readonly HashSet<string> Kinds = ["FLOCK", "POSIX", "OFDLCK"];

    public IReadOnlySet<ulong> LockedInodes()
    {
        try
        {
            return Parse(File.ReadAllText(KernelList), device);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Without /proc nobody can know.
            return new HashSet<ulong>();
        }
    }

    /// <summary>Reads the format of proc_locks(5).</summary>
    /// <param name="device">Major and minor number as in mountinfo: decimal, where the list has them hexadecimal.</param>
    public static IReadOnlySet<ulong> Parse(string list, string device)
    {
        var locked = new HashSet<ulong>();
        if (Numbers(device.Split(':'), NumberStyles.None) is not { } wanted) return locked;
        foreach (var line in list.Split('\n'))
        {
            // 1: FLOCK  ADVISORY  WRITE 4242 00:2f:281474976710657 0 EOF; who waits for it has an arrow before the kind.
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 6 || !Kinds.Contains(fields[1]) || fields[3] != "WRITE") continue;
            var place = fields[5].Split(':');
            if (place.Length == 3 && Numbers(place[..2], NumberStyles.AllowHexSpecifier) == wanted
                && ulong.TryParse(place[2], NumberStyles.None, CultureInfo.InvariantCulture, out var inode))
                locked.Add(inode);
        }

        return locked;
    }

    private static (uint Major, uint Minor)? Numbers(string[] pair, NumberStyles style) =>
        pair.Length == 2
        && uint.TryParse(pair[0], style, CultureInfo.InvariantCulture, out var major)
        && uint.TryParse(pair[1], style, CultureInfo.InvariantCulture, out var minor)
            ? (major, minor)
            : null;
}
