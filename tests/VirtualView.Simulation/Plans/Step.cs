namespace VirtualView.Simulation.Plans;

/// <summary>One thing that happens; plain numbers, so that a plan can be cut, printed and repeated.</summary>
public sealed record Step(StepKind Kind)
{
    public int Source { get; init; }

    /// <summary>An index into <see cref="PathNames.All"/>.</summary>
    public int Path { get; init; }

    public int Slot { get; init; }

    public int A { get; init; }

    public int B { get; init; }

    public int C { get; init; }
}
