using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VirtualView.Core.Crashes;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Daemons;

/// <summary>The records of running daemons, one file for each mount point. Records of dead daemons are removed where they are met, once their mount is gone.</summary>
internal sealed class DaemonRegistry(IReadOnlyList<string> folders)
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static DaemonRegistry OfThisMachine() => new([.. RuntimeFolders.Candidates().Concat(RuntimeFolders.OfOthers()).Distinct()]);

    /// <summary>Writes a record where it will be found, and returns its file.</summary>
    /// <exception cref="IOException">None of the folders can be written.</exception>
    public string Write(DaemonRecord record)
    {
        var refusals = new List<string>();
        foreach (var folder in folders)
        {
            try
            {
                return WriteTo(folder, record);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                refusals.Add(refused.Message);
            }
        }

        throw new IOException($"no folder for the record of the running daemon can be written: {string.Join("; ", refusals)}");
    }

    public DaemonRecord? Find(string mountPoint) => All().FirstOrDefault(record => record.MountPoint == mountPoint);

    /// <summary>The daemons that are alive.</summary>
    public IEnumerable<DaemonRecord> All()
    {
        foreach (var file in folders.Where(Directory.Exists).SelectMany(Files))
        {
            if (Read(file) is not { } record) continue;
            if (ProcessLife.IsAlive(record)) yield return record;
            else if (record.BootId == ProcessLife.BootId && !IsMounted(record)) Remove(file);
        }
    }

    /// <summary>The daemons that are dead, and what they mounted is still there.</summary>
    public IEnumerable<DaemonRecord> Dead() =>
        folders.Where(Directory.Exists).SelectMany(Files).Select(Read).OfType<DaemonRecord>().Where(record => ProcessLife.IsDead(record) && IsMounted(record));

    public static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // It belongs to another user, who will meet it too.
        }
    }

    private static bool IsMounted(DaemonRecord record) => MountTable.Read().Any(mount => mount.IsOurs && mount.Device == record.Device);

    private static string WriteTo(string folder, DaemonRecord record)
    {
        Directory.CreateDirectory(folder, OwnerOnlyFolder);
        var file = Path.Combine(folder, Name(record.MountPoint));
        var unfinished = $"{file}.{record.ProcessId}";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(record, DaemonRecordJson.Default.DaemonRecord));
        CrashPoint.Reached(CrashPoints.CliRecordUnnamed);
        File.Move(unfinished, file, overwrite: true);
        CrashPoint.Reached(CrashPoints.CliRecordNamed);
        return file;
    }

    private static string Name(string mountPoint) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mountPoint)).AsSpan(0, 12)) + ".json";

    private static IEnumerable<string> Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.json");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static DaemonRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), DaemonRecordJson.Default.DaemonRecord);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
