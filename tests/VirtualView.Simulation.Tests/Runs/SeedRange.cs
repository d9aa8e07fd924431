using System.Globalization;

namespace VirtualView.Simulation.Tests.Runs;

/// <summary>Which seeds are run: 200, or what the environment says.</summary>
internal static class SeedRange
{
    public static IEnumerable<ulong> Seeds => Range(200);

    /// <summary>A history of writing is short.</summary>
    public static IEnumerable<ulong> WritingSeeds => Range(400);

    private static IEnumerable<ulong> Range(int otherwise)
    {
        var first = Read("VIRTUALVIEW_SIMULATION_FIRST_SEED", 1);
        return Enumerable.Range(0, (int)Read("VIRTUALVIEW_SIMULATION_SEEDS", (ulong)otherwise)).Select(number => first + (ulong)number);
    }

    private static ulong Read(string variable, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
