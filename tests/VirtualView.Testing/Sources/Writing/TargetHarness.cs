using VirtualView.Core.Sources.Writing;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>A target under test.</summary>
/// <param name="Target">Through which is written.</param>
/// <param name="Source">Which shows what was written, and through which a stranger changes it.</param>
/// <param name="End">Lets go of the target.</param>
public sealed record TargetHarness(IWriteTarget Target, SourceHarness Source, Action End) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        End();
        return Source.DisposeAsync();
    }
}
