namespace VirtualView.Simulation.Writing.Model;

/// <summary>Whether the view must show a name of the sources.</summary>
internal enum Existence
{
    No,
    Maybe,
    Yes,
}
