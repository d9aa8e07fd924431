namespace VirtualView.State.Tests.Trees;

/// <summary>Tests that count what the process allocates: beside others they would count theirs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
