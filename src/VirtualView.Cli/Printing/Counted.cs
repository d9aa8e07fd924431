using System.Globalization;

namespace VirtualView.Cli.Printing;

/// <summary>A number with what it counts, in the singular or the plural.</summary>
internal static class Counted
{
    public static string Of(long count, string one) => Of(count, one, $"{one}s");

    public static string Of(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
