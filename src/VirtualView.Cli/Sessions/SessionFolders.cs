using System.Text.Json;

namespace VirtualView.Cli.Sessions;

/// <summary>
/// The folders in which sessions keep what is written in them, one each: <c>STATE/sessions/NAME</c>. One that is not kept
/// goes with its session; where the daemon died before, at its next start.
/// </summary>
internal sealed class SessionFolders(string stateFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private string Root => Path.Combine(stateFolder, "sessions");

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>A path component that cannot lead elsewhere.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 100 && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    public string Create(string name, SessionRecord record)
    {
        var folder = PathOf(name);
        Directory.CreateDirectory(Root, OwnerOnly);
        Directory.CreateDirectory(folder, OwnerOnly);
        Write(name, record);
        return folder;
    }

    public void Write(string name, SessionRecord record)
    {
        var file = RecordOf(PathOf(name));
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(record, SessionJson.Default.SessionRecord));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Null where there is none of that name, or its record cannot be read.</summary>
    public SessionRecord? Find(string name) => IsName(name) ? Read(PathOf(name)) : null;

    public void Delete(string name) => Directory.Delete(PathOf(name), recursive: true);

    /// <summary>Deletes what sessions left that are not kept. Only while no session runs.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Root)) return;
        foreach (var folder in Directory.GetDirectories(Root).Where(folder => Read(folder) is not { IsKept: true }))
            Directory.Delete(folder, recursive: true);
    }

    private static string RecordOf(string folder) => Path.Combine(folder, "session.json");

    private static SessionRecord? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(RecordOf(folder)), SessionJson.Default.SessionRecord);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
