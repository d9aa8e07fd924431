using System.Globalization;

namespace VirtualView.Testing;

/// <summary>
/// How often a property is tried. <c>VIRTUALVIEW_PROPERTY_FACTOR</c> multiplies all of them: <c>scripts/test --all</c>
/// and who looks for what is rare try more than a usual run can.
/// </summary>
public static class PropertyRuns
{
    public const string Variable = "VIRTUALVIEW_PROPERTY_FACTOR";

    private static readonly int Factor = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
        ? Math.Max(1, int.Parse(text, CultureInfo.InvariantCulture))
        : 1;

    /// <param name="usual">In a usual run.</param>
    public static int Of(int usual) => usual * Factor;
}
