using Microsoft.Extensions.Logging;
using VirtualView.Core.Blocks;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.FileSystem;

/// <summary>What all views of one engine read through: the one that follows the sources, and those of fixed snapshots.</summary>
internal sealed record SharedParts(
    EngineOptions Options, MappingTable Mappings, SourceTable Sources, IBlockStore Store, PinnedVersions Pinned, PinHolders Holders,
    BlockReader Blocks, EngineCounters Counters, TimeProvider Clock, ILogger Logger);
