using VirtualView.Engine;
using VirtualView.Engine.Options;

namespace VirtualView.Simulation.Runs;

/// <summary>Starts a process of what is simulated.</summary>
public delegate ValueTask<IViewUnderTest> ViewFactory(EngineOptions options, EngineRooms rooms, CancellationToken cancel);
