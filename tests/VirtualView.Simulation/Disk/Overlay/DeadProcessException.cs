namespace VirtualView.Simulation.Disk.Overlay;

/// <summary>The process died in this very call: nobody hears of it any more.</summary>
public sealed class DeadProcessException() : Exception("the process is dead");
