using System.Net;

namespace VirtualView.Tools;

/// <summary>The program's arguments.</summary>
internal sealed record CommandLine(LinkOptions Link, IPEndPoint? Control)
{
    public const string Usage = """
        usage: testlink --to HOST:PORT [--listen 127.0.0.1:0] [--rtt 30ms] [--bandwidth 1Gbit] [--slow-start]
                        [--control 127.0.0.1:0]
        Commands, on standard input or a control connection, one a line:
        """ + "\n  " + LinkCommand.Usage;

    /// <summary>Reads the arguments; null, with the reason, if they are wrong.</summary>
    public static CommandLine? TryParse(string[] args, out string problem)
    {
        var link = new LinkOptions { To = new IPEndPoint(IPAddress.None, 0) };
        IPEndPoint? control = null;
        problem = "";
        for (var i = 0; i < args.Length && problem.Length == 0; i++)
        {
            if (args[i] == "--slow-start")
            {
                link = link with { SlowStart = true };
                continue;
            }
            var value = i + 1 < args.Length ? args[i + 1] : "";
            problem = $"{args[i]} {value}: not understood";
            if (args[i] is "--listen" or "--to" or "--control" && TryAddress(value, out var address))
            {
                problem = "";
                link = args[i] switch
                {
                    "--listen" => link with { Listen = address },
                    "--to" => link with { To = address },
                    _ => link,
                };
                control = args[i] == "--control" ? address : control;
            }
            else if (args[i] == "--rtt" && LinkTime.TryParseDuration(value, out var rtt))
                (link, problem) = (link with { Rtt = rtt }, "");
            else if (args[i] == "--bandwidth" && LinkRate.TryParse(value, out var rate))
                (link, problem) = (link with { Bandwidth = rate }, "");
            i++;
        }
        if (problem.Length == 0 && link.To.Port == 0)
            problem = "--to HOST:PORT is missing";
        return problem.Length == 0 ? new CommandLine(link, control) : null;
    }

    private static bool TryAddress(string text, out IPEndPoint address) =>
        IPEndPoint.TryParse(text.Replace("localhost:", "127.0.0.1:", StringComparison.Ordinal), out address!)
        && text.Contains(':', StringComparison.Ordinal);
}
