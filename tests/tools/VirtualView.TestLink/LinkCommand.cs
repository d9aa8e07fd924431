using System.Globalization;
using System.Text.Json;

namespace VirtualView.Tools;

/// <summary>The commands as one line of text each; the answer is <c>ok</c>, <c>error: ...</c> or JSON.</summary>
public static class LinkCommand
{
    public const string Usage =
        "stall on|off, refuse on|off, reset, reset-after BYTES, cut BYTES, corrupt EVERY_N_BYTES|once|off, "
        + "rtt 50ms, bandwidth 100Mbit|unlimited, stats";

    public static string Execute(TestLink link, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is ["stats"])
            return JsonSerializer.Serialize(link.Stats, JsonSerializerOptions.Web);
        return TryExecute(link, words) ? "ok" : $"error: '{line}' is not one of: {Usage}";
    }

    private static bool TryExecute(TestLink link, string[] words)
    {
        switch (words)
        {
            case ["stall", "on" or "off"]:
                link.Stalled = words[1] == "on";
                return true;
            case ["refuse", "on" or "off"]:
                link.Refusing = words[1] == "on";
                return true;
            case ["reset"]:
                link.ResetAll();
                return true;
            case ["reset-after", var bytes] when TryCount(bytes, 0, out var count):
                link.ResetAfter(count);
                return true;
            case ["cut", var bytes] when TryCount(bytes, 0, out var count):
                link.CutAfter(count);
                return true;
            case ["corrupt", "once"]:
                link.CorruptOnce();
                return true;
            case ["corrupt", "off"]:
                link.StopCorrupting();
                return true;
            case ["corrupt", var bytes] when TryCount(bytes, 1, out var count):
                link.CorruptEvery(count);
                return true;
            case ["rtt", var text] when LinkTime.TryParseDuration(text, out var rtt):
                link.Rtt = rtt;
                return true;
            case ["bandwidth", var text] when LinkRate.TryParse(text, out var rate):
                link.Bandwidth = rate;
                return true;
            default:
                return false;
        }
    }

    private static bool TryCount(string text, long least, out long count) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= least;
}
