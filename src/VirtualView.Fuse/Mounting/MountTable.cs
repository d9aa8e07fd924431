using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Mounting;

/// <summary>
/// What is mounted, as the kernel lists it. Reading the list touches none of the mounts, so a dead daemon cannot hang
/// whoever asks.
/// </summary>
public static class MountTable
{
    private const string KernelList = "/proc/self/mountinfo";

    public static ImmutableArray<MountEntry> Read() => Parse(RawText.FromBytes(File.ReadAllBytes(KernelList)));

    /// <summary>The mount that is seen at <paramref name="mountPoint"/>, the last of those that are stacked there.</summary>
    internal static MountEntry? Find(string mountPoint)
    {
        var raw = RawText.FromText(mountPoint);
        return Read().FirstOrDefault(entry => entry.MountPoint == raw);
    }

    /// <summary>Reads the format of proc_pid_mountinfo(5). Where several are mounted on one point, only the last is seen.</summary>
    public static ImmutableArray<MountEntry> Parse(string raw)
    {
        var entries = new Dictionary<string, MountEntry>();
        foreach (var line in raw.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseLine(line) is not { } entry) continue;
            entries.Remove(entry.MountPoint);
            entries.Add(entry.MountPoint, entry);
        }

        return [.. entries.Values];
    }

    private static MountEntry? ParseLine(string line)
    {
        // 36 35 98:0 /root /mount/point rw,noatime shared:1 - fuse.type source options
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-", 6 <= fields.Length ? 6 : fields.Length);
        if (separator < 0 || separator + 2 >= fields.Length) return null;
        return new MountEntry(fields[2], Unescape(fields[3]), Unescape(fields[4]), Unescape(fields[separator + 1]), Unescape(fields[separator + 2]))
        {
            UserId = fields.Length > separator + 3 ? UserId(fields[separator + 3]) : null,
        };
    }

    private static uint? UserId(string options)
    {
        const string key = "user_id=";
        var given = options.Split(',').FirstOrDefault(option => option.StartsWith(key, StringComparison.Ordinal));
        return uint.TryParse(given?[key.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    // The kernel writes blanks, tabs, line ends and backslashes as three octal digits.
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal)) return field;
        var text = new StringBuilder(field.Length);
        for (var at = 0; at < field.Length; at++)
        {
            if (field[at] == '\\' && at + 3 < field.Length && Octal(field.AsSpan(at + 1, 3)) is { } value)
            {
                text.Append(value);
                at += 3;
            }
            else
            {
                text.Append(field[at]);
            }
        }

        return text.ToString();
    }

    private static char? Octal(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7') return null;
            value = (value * 8) + int.Parse([digit], CultureInfo.InvariantCulture);
        }

        return (char)value;
    }
}
