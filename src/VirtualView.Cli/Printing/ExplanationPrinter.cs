using VirtualView.Core.Units;
using VirtualView.Engine.Status;

namespace VirtualView.Cli.Printing;

/// <summary>What is known of one file, for people.</summary>
internal static class ExplanationPrinter
{
    private const int MostRanges = 10;

    public static void Print(TextWriter output, Explanation file)
    {
        output.WriteLine($"{file.Path}: {file.Kind}, {file.SizeBytes} bytes, modified {file.ModifiedAt:yyyy-MM-dd HH:mm:ss'Z'}");
        if (file.Target is { } target) output.WriteLine($"target     {target}");
        if (file.Local is { } local) output.WriteLine(Local(local));
        if (file.Kind != "File" || file.Version is null && file.Local is not null) return;
        output.WriteLine($"version    {file.Version ?? "not known before the first open"}");
        output.WriteLine($"cached     {new ByteSize(file.CachedBytes)}{Ranges(file)}");
        var ratio = file.OverReadRatio is { } fetched ? $", {fetched:0.00} bytes fetched for each" : "";
        output.WriteLine($"served     {new ByteSize(file.ServedBytes)}{ratio}, {file.OpenHandles} open{(file.IsLent ? ", read by the kernel itself" : "")}");
        foreach (var (source, bytes) in file.FetchedBytes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"fetched    {new ByteSize(bytes)} from {source} in {file.FetchMilliseconds.GetValueOrDefault(source):0} ms");
        if (file.LastFailure is { } failure) output.WriteLine($"failure    {failure}");
        Columns.Print(output, ["SOURCE", "PATH", "STRENGTH", "USED", "WHY", "VALIDATOR"], file.Replicas.Select(Row));
    }

    private static string Local(LocalExplanation local) =>
        $"local      {local.Change} here{(local.BasePath is { } below ? $", over {below}" : "")}, {new ByteSize(local.WrittenBytes)} written{(local.IsOutdated ? "; the sources have something else by now" : "")}";

    private static string[] Row(ReplicaExplanation replica) =>
        [replica.Source, replica.Path, replica.Strength, replica.IsUsed ? "yes" : "no", replica.Why, replica.Validator];

    private static string Ranges(Explanation file)
    {
        if (file.Cached.IsEmpty) return "";
        var more = file.Cached.Length > MostRanges ? $" and {file.Cached.Length - MostRanges} more" : "";
        return $" in {string.Join(' ', file.Cached.Take(MostRanges))}{more}";
    }
}
