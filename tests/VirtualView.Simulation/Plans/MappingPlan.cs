using System.Collections.Immutable;
using VirtualView.Engine.Options;

namespace VirtualView.Simulation.Plans;

/// <summary>Which sources, by their index, appear where.</summary>
public sealed record MappingPlan(string At, ImmutableArray<int> Sources, SameRule Same);
