namespace VirtualView.Engine.Tests.Scale;

/// <summary>Tests that measure the heap of the process run after all others, one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
