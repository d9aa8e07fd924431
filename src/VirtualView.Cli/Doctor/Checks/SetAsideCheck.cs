namespace VirtualView.Cli.Doctor.Checks;

/// <summary>What was damaged of the local changes and set aside: it is the only copy of what could not be carried over.</summary>
internal sealed class SetAsideCheck(string folder) : IDoctorCheck
{
    private const string Name = "local changes";

    public ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        Finding[] found = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "overlay.db.damaged-*").Where(file => !file.EndsWith("-wal", StringComparison.Ordinal)).Select(Told), .. Lost()]
            : [];
        return ValueTask.FromResult<IReadOnlyList<Finding>>(found.Length > 0 ? found : [Finding.Ok(Name, "none was damaged")]);
    }

    private static Finding Told(string file) => Finding.Warn(
        Name, $"the journal of what was written was damaged, and was set aside as {file}", $"compare what the view shows with what you expect; then delete {file}*");

    private Finding[] Lost()
    {
        var lost = Path.Combine(folder, "overlay", "lost");
        return Directory.Exists(lost) && Directory.GetFiles(lost) is { Length: > 0 } files
            ? [Finding.Warn(Name, $"{files.Length} files in {lost} have bytes, and no name is known for them", "take what you need of them; then delete them")]
            : [];
    }
}
