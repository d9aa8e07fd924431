using System.Globalization;

namespace VirtualView.Cli.Configuration.Values;

/// <summary>The nine permission bits, written in octal as <c>0644</c>.</summary>
internal readonly record struct PermissionBits(int Bits)
{
    private const int All = 0b111_111_111;

    public static bool TryParse(string text, out PermissionBits mode)
    {
        mode = default;
        if (text.Length is < 3 or > 4 || text.Any(digit => digit is < '0' or > '7')) return false;
        mode = new PermissionBits(text.Aggregate(0, (bits, digit) => (bits << 3) + (digit - '0')));
        return mode.Bits <= All;
    }

    public static string Show(int bits) => "0" + Convert.ToString(bits, 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);

    public override string ToString() => Show(Bits);
}
