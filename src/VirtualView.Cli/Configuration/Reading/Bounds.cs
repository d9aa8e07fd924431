using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>The least and greatest legal value of a key.</summary>
internal static class Bounds
{
    /// <summary>What is wrong with a value, in words; null when it lies within the bounds.</summary>
    public static string? Violation(KeyAttribute? key, ScalarForm form, object value)
    {
        if (key?.Min is { } min && Compare(value, form.Parse(min)!) < 0) return $"is too small; {Describe(key)}";
        if (key?.Max is { } max && Compare(value, form.Parse(max)!) > 0) return $"is too large; {Describe(key)}";
        return null;
    }

    /// <summary>Null for a key without bounds.</summary>
    public static string? Describe(KeyAttribute key) => (key.Min, key.Max) switch
    {
        ({ } min, { } max) => $"{min} to {max}",
        ({ } min, null) => $"at least {min}",
        (null, { } max) => $"at most {max}",
        _ => null,
    };

    private static int Compare(object left, object right) => (left, right) switch
    {
        (Core.Units.ByteSize a, Core.Units.ByteSize b) => a.Bytes.CompareTo(b.Bytes),
        (IComparable a, _) => a.CompareTo(right),
        _ => throw new ArgumentException($"{left.GetType()} has no order", nameof(left)),
    };
}
