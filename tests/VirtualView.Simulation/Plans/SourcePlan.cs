using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.Plans;

/// <summary>What kind of server one is.</summary>
public sealed record SourcePlan(string Name, bool HasTags, ListingDetail Listing, int MaxLatencyMilliseconds);
