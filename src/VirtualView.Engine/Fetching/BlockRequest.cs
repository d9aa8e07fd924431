using System.Collections.Immutable;

namespace VirtualView.Engine.Fetching;

/// <summary>Neighbouring blocks that are asked for in one request.</summary>
internal sealed record BlockRequest(ImmutableArray<InflightBlock> Blocks);
