using System.Collections.Immutable;

namespace VirtualView.Simulation.Plans;

/// <summary>All that a run is made from. The seed decides the order of continuations, latencies and chances.</summary>
public sealed record SimulationPlan(ulong Seed, WorldPlan World, ImmutableArray<Step> Steps);
