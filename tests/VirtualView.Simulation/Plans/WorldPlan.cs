using System.Collections.Immutable;
using VirtualView.Engine.Options;

namespace VirtualView.Simulation.Plans;

/// <summary>What there is before the first step.</summary>
public sealed record WorldPlan(
    ImmutableArray<SourcePlan> Sources,
    ImmutableArray<MappingPlan> Mappings,
    ImmutableArray<FilePlan> Files,
    int BlockSizeBytes,
    int CapacityBlocks,
    int MaxRequestBytes,
    long MaxReadAheadBytes,
    int PollSeconds = 30,
    RevalidateRule Revalidate = RevalidateRule.Stale);
