using VirtualView.Core.Units;
using VirtualView.Engine.Status;
using VirtualView.Service.Answers;

namespace VirtualView.Cli.Printing;

/// <summary>The sources of a view for people.</summary>
internal static class SourcesPrinter
{
    public static void Print(TextWriter output, SourcesAnswer answer)
    {
        Columns.Print(
            output, ["SOURCE", "KIND", "STATE", "BREAKER", "RTT", "RATE", "READ", "REQUESTS", "ERRORS", "LAST CONTACT"], answer.Sources.Select(Row));
        if (answer.Probes is not { } probes)
        {
            foreach (var source in answer.Sources.Where(source => source.LastError is not null))
                output.WriteLine($"{source.Name}: {source.LastError}");
            return;
        }

        output.WriteLine();
        Columns.Print(output, ["SOURCE", "ASKED NOW", "STAT", "READ", "IN", "FILE"], probes.Select(Row));
    }

    private static string[] Row(SourceStatus source) =>
    [
        source.Name,
        source.Kind,
        StatusPrinter.State(source),
        source.Breaker,
        Milliseconds(source.FirstByteMilliseconds),
        source.BytesPerSecond is { } rate ? $"{new ByteSize((long)rate)}/s" : "-",
        $"{new ByteSize(source.BytesRead)}",
        $"{source.Requests}",
        $"{source.Errors}",
        source.LastAnswerAt is { } at ? $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}" : "never",
    ];

    private static string[] Row(ProbeResult probe) =>
    [
        probe.Source,
        probe.Error is null ? "ok" : probe.IsReachable ? "answers, cannot be read" : "does not answer",
        Milliseconds(probe.StatMilliseconds),
        probe.ReadMilliseconds is null ? "-" : $"{new ByteSize(probe.ReadBytes)}",
        Milliseconds(probe.ReadMilliseconds),
        probe.File ?? "-",
    ];

    private static string Milliseconds(double? time) => time is { } known ? $"{known:0.0} ms" : "-";
}
