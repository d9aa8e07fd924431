namespace VirtualView.Simulation.Scheduling;

/// <summary>Nothing can ever happen again, or it never stops happening, and the run has not ended.</summary>
public sealed class SimulationStuckException(string message) : Exception(message);
