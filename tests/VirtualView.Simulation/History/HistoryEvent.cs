using VirtualView.Core.FileSystem;

namespace VirtualView.Simulation.History;

/// <summary>Something that was promised or served. A handle is known by its process and its number there.</summary>
public abstract record HistoryEvent(DateTimeOffset At, int Life)
{
    /// <summary>One line, the same for the same history.</summary>
    public abstract string Show();

    protected string Show(string what) => $"{At:HH:mm:ss.fffffff} life {Life}: {what}";

    protected string Show(HandleId handle, string what) => Show($"{handle} {what}");
}
