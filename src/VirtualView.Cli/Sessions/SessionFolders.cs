using System.Text.Json;

namespace VirtualView.Cli.Sessions;

/// <summary>
/// The folders in which sessions keep what is written in them, one each: <c>STATE/sessions/NAME</c>. One that is not kept
/// goes with its session; where the daemon died before, at its next start. That it goes is said by a file in it that is
/// made before anything else and taken away when it is to be kept: what says nothing is never deleted.
/// </summary>
internal sealed class SessionFolders(string stateFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Root => Path.Combine(stateFolder, "sessions");

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>A path component that cannot lead elsewhere.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <exception cref="IOException">It cannot be made.</exception>
    public void Create(string name, SessionRecord record, bool isKept)
    {
        Directory.CreateDirectory(Root, OwnerOnly);
        Directory.CreateDirectory(PathOf(name), OwnerOnly);
        if (!isKept) File.WriteAllText(MarkOf(PathOf(name)), "");
        File.WriteAllText(RecordOf(name), JsonSerializer.Serialize(record, SessionJson.Default.SessionRecord));
    }

    /// <summary>Says whether it goes with its session from now on.</summary>
    public void Keep(string name, bool isKept)
    {
        if (isKept) File.Delete(MarkOf(PathOf(name)));
        else File.WriteAllText(MarkOf(PathOf(name)), "");
    }

    /// <summary>Null where there is none of that name, or its record cannot be read.</summary>
    public SessionRecord? Find(string name)
    {
        try
        {
            return IsName(name) ? JsonSerializer.Deserialize(File.ReadAllText(RecordOf(name)), SessionJson.Default.SessionRecord) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Those that are kept, by name. Only while no session runs.</summary>
    public Dictionary<string, SessionRecord> Kept()
    {
        var kept = new Dictionary<string, SessionRecord>(StringComparer.Ordinal);
        if (!Directory.Exists(Root)) return kept;
        foreach (var name in Directory.GetDirectories(Root).Where(folder => !File.Exists(MarkOf(folder))).Select(folder => Path.GetFileName(folder)))
        {
            if (Find(name) is { } record) kept.Add(name, record);
        }

        return kept;
    }

    public void Delete(string name) => Directory.Delete(PathOf(name), recursive: true);

    /// <summary>Deletes what sessions left that are not kept. Only while no session runs.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Root)) return;
        foreach (var folder in Directory.GetDirectories(Root).Where(folder => File.Exists(MarkOf(folder))))
            Directory.Delete(folder, recursive: true);
    }

    private static string MarkOf(string folder) => Path.Combine(folder, "thrown-away-at-the-end");

    private string RecordOf(string name) => Path.Combine(PathOf(name), "session.json");
}
