namespace VirtualView.Engine.Tests.Overlay;

/// <summary>One step of a history: what is done, to which of the paths, and how much.</summary>
internal sealed record ModelStep(ModelAction Action, int Path, int Other, int Offset, int Length);
