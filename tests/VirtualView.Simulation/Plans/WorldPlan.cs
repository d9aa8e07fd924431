using System.Collections.Immutable;

namespace VirtualView.Simulation.Plans;

/// <summary>What there is before the first step.</summary>
public sealed record WorldPlan(
    ImmutableArray<SourcePlan> Sources,
    ImmutableArray<MappingPlan> Mappings,
    ImmutableArray<FilePlan> Files,
    int BlockSizeBytes,
    int CapacityBlocks,
    int MaxRequestBytes,
    long MaxReadAheadBytes);
