using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Blocks;
using VirtualView.Core.Sources;
using VirtualView.Core.State;
using VirtualView.Engine.History;
using VirtualView.Engine.Overlay;
using VirtualView.Engine.VirtualFiles;

namespace VirtualView.Engine;

/// <summary>The concrete rooms that the composition root gives to the engine, which does not own them.</summary>
public sealed record EngineRooms
{
    public required ImmutableArray<ISource> Sources { get; init; }

    public required IBlockStore Blocks { get; init; }

    public required IStateStore State { get; init; }

    /// <summary>Where snapshots are kept; without it only the newest can be opened.</summary>
    public ISnapshotHistory? History { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILoggerFactory Logs { get; init; }

    /// <summary>Shown in <c>.virtualview</c> at the root of the view; with none of them there is no such directory.</summary>
    public ImmutableArray<VirtualFile> VirtualFiles { get; init; } = [];

    /// <summary>Where what is written is kept; without it the view is read only.</summary>
    public OverlayRooms? Overlay { get; init; }

    /// <summary>Set in tests: sees every block that is served.</summary>
    public IReadObserver? Observer { get; init; }
}
