using System.Collections.Immutable;
using VirtualView.Simulation.History;

namespace VirtualView.Simulation.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Violations">Promises that were not kept; none when all is well.</param>
/// <param name="History">What happened, a line each: the same for the same plan.</param>
public sealed record SimulationResult(ImmutableArray<Violation> Violations, ImmutableArray<string> History, long Turns)
{
    public bool IsOk => Violations.IsEmpty;
}
