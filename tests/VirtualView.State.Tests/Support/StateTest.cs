using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.Testing.Logs;

namespace VirtualView.State.Tests.Support;

/// <summary>A state folder, the logs and the clock of a test.</summary>
public abstract class StateTest(bool isOnDisk = false) : IDisposable
{
    protected TemporaryFolder Folder { get; } = new(isOnDisk);

    protected RecordingLogs Logs { get; } = new();

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ValueTask<StateStore> OpenAsync() =>
        StateStore.OpenAsync(new() { Folder = Folder.State, BusyTimeout = TimeSpan.FromSeconds(1) }, Clock, Logs, Cancel);

    protected async Task SaveAsync(Snapshot snapshot)
    {
        await using var store = await OpenAsync();
        await store.SaveSnapshotAsync(null, snapshot, Cancel);
    }

    protected async Task<Snapshot?> LoadAsync()
    {
        await using var store = await OpenAsync();
        return await store.LoadSnapshotAsync(Cancel);
    }

    protected static void AssertSame(Snapshot expected, Snapshot? actual)
    {
        Assert.NotNull(actual);
        Assert.Null(TreeComparison.Difference(expected, actual));
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing) => Folder.Dispose();
}
