using System.Text;

namespace VirtualView.Fuse.Mounting;

/// <summary>What is mounted in our namespace, as <c>/proc</c> tells it: a mount is not touched to learn of it.</summary>
internal static class MountTable
{
    private const string Path = "/proc/self/mountinfo";

    /// <summary>The mount that is seen at <paramref name="mountPoint"/>, the last of those that are stacked there.</summary>
    public static MountEntry? Find(string mountPoint) =>
        File.ReadLines(Path).Select(Parse).LastOrDefault(entry => entry?.MountPoint == mountPoint);

    /// <summary>Null for a line that is not as proc(5) describes it.</summary>
    internal static MountEntry? Parse(string line)
    {
        // 36 35 98:0 /root /mnt/point rw,noatime shared:1 - fuse.kind source rw
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-", 6 > fields.Length ? fields.Length : 6);
        return separator < 0 || separator + 1 >= fields.Length
            ? null
            : new MountEntry(fields[2], Unescape(fields[4]), fields[separator + 1]);
    }

    /// <summary>Space, tab, newline and backslash stand there as three octal digits.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal)) return field;
        var text = new StringBuilder(field.Length);
        for (var at = 0; at < field.Length; at++)
        {
            if (field[at] != '\\' || at + 3 >= field.Length)
            {
                text.Append(field[at]);
                continue;
            }

            text.Append((char)(((field[at + 1] - '0') * 64) + ((field[at + 2] - '0') * 8) + field[at + 3] - '0'));
            at += 3;
        }

        return text.ToString();
    }
}
