using System.Globalization;
using System.Numerics;
using VirtualView.Cli.Configuration.Values;
using VirtualView.Core.Units;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>How values of one type are written.</summary>
/// <param name="Name">What the documentation calls the type.</param>
/// <param name="Unit">The unit in which the value ends, for the documentation.</param>
/// <param name="Expectation">What to write, in the words of a message.</param>
/// <param name="Parse">The value, or null when the text is none.</param>
internal sealed record ScalarForm(string Name, string Unit, string Expectation, Func<string, object?> Parse)
{
    private const string Sizes = "write a number with KiB, MiB, GiB, TiB, kB, MB, GB or TB, such as 256 KiB; neither negative nor 8 EiB or more";
    private const string Durations = "write hh:mm:ss, or a number with ms, s, m, h or d, such as 30s; not negative";

    private static readonly Dictionary<Type, ScalarForm> Known = new()
    {
        [typeof(string)] = new("text", "", "write text", text => text),
        [typeof(bool)] = new("true or false", "", "write true or false", text => bool.TryParse(text, out var value) ? value : null),
        [typeof(int)] = new("number", "", "write a whole number", text => ParseInt(text)),
        [typeof(ByteSize)] = new("size", "bytes", Sizes, text => ByteSize.TryParse(text, out var size) ? size : null),
        [typeof(TimeSpan)] = new("duration", "time", Durations, text => Duration.TryParse(text, out var time) ? time : null),
        [typeof(PermissionBits)] = new("mode", "", "write permission bits in octal from 0000 to 0777, such as 0644", text => ParseMode(text)),
        [typeof(HeaderValue)] = new("header value", "", "write text, env:NAME or file:PATH", text => new HeaderValue(text)),
        [typeof(Secret)] = new(
            "secret",
            "",
            "a literal secret is refused, because configurations are copied, shared and backed up: write env:NAME or file:/PATH (mode 0600)",
            text => Secret.TryParse(text, out var secret) ? secret : null),
    };

    /// <summary>Values that may be secrets are not repeated in messages.</summary>
    public bool IsConfidential => Name is "secret" or "header value";

    /// <summary>Null for a type that is not written as one value.</summary>
    public static ScalarForm? Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? OfEnum(type) : Known.GetValueOrDefault(type);
    }

    private static ScalarForm OfEnum(Type type)
    {
        var names = Enum.GetNames(type);
        return new ScalarForm(
            string.Join(" or ", names.Select(name => $"`{name}`")),
            "",
            $"write {string.Join(" or ", names)}",
            text => names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name) : null);
    }

    /// <summary>What is beyond any bound is the least or greatest there is, so that the bound is what is said of it.</summary>
    private static int? ParseInt(string text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? int.CreateSaturating(value) : null;

    private static PermissionBits? ParseMode(string text) => PermissionBits.TryParse(text, out var mode) ? mode : null;
}
