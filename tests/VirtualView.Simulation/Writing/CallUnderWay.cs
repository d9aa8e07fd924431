using VirtualView.Core.Outcomes;

namespace VirtualView.Simulation.Writing;

/// <summary>A call that was begun, and how it ended if it did.</summary>
internal sealed record CallUnderWay(ProgramCall Call, Task<FileSystemError> Answer)
{
    /// <summary>Null for what the process died over.</summary>
    public FileSystemError? Error => Answer.IsCompletedSuccessfully ? Answer.GetAwaiter().GetResult() : null;

    public override string ToString() => $"{Call} -> {(Error is { } error ? error : "no answer")}";
}
