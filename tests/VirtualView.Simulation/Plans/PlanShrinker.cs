using System.Collections.Immutable;

namespace VirtualView.Simulation.Plans;

/// <summary>
/// Makes a failing plan small: takes away parts of its steps, halves first, as long as it still fails (after Zeller's
/// delta debugging), then files that nobody needs.
/// </summary>
public static class PlanShrinker
{
    private const int MaxAttempts = 2000;

    public static SimulationPlan Shrink(SimulationPlan failing, Func<SimulationPlan, bool> fails)
    {
        var attempts = 0;
        bool StillFails(SimulationPlan plan) => attempts++ < MaxAttempts && fails(plan);

        var steps = Reduce(failing.Steps, kept => StillFails(failing with { Steps = kept }));
        var smaller = failing with { Steps = steps };
        var files = Reduce(smaller.World.Files, kept => StillFails(smaller with { World = smaller.World with { Files = kept } }));
        return smaller with { World = smaller.World with { Files = files } };
    }

    private static ImmutableArray<T> Reduce<T>(ImmutableArray<T> items, Func<ImmutableArray<T>, bool> fails)
    {
        for (var size = Math.Max(1, items.Length / 2); ; size = Math.Max(1, size / 2))
        {
            var before = items.Length;
            for (var from = 0; from < items.Length;)
            {
                var kept = items.RemoveRange(from, Math.Min(size, items.Length - from));
                if (fails(kept)) items = kept;
                else from += size;
            }

            if (size == 1 && items.Length == before) return items;
        }
    }
}
