namespace VirtualView.Torture.Tests.Writing;

/// <summary>Calls in a folder, one after the other, of which one leads to a crash point.</summary>
/// <param name="Calls">Each is given the folder.</param>
internal sealed record CrashHistory(IEnumerable<Action<string>> Calls)
{
    /// <summary>The point is met while the daemon mounts, over a journal whose header is damaged.</summary>
    public bool IsOfSalvage { get; init; }
}
