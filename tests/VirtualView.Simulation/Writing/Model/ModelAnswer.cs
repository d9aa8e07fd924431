using VirtualView.Core.Outcomes;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>How a call may end, and in which state.</summary>
internal readonly record struct ModelAnswer(ModelState State, FileSystemError Error);
