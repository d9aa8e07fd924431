namespace VirtualView.Simulation.History;

/// <summary>A promise that was not kept. Rules are short names, so that a shrunk plan can be held to the same one.</summary>
public sealed record Violation(string Rule, string Text)
{
    public override string ToString() => $"{Rule}: {Text}";
}
