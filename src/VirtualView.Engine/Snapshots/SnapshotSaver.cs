using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;

namespace VirtualView.Engine.Snapshots;

/// <summary>
/// Saves the newest snapshot whenever it has changed, at most once a <see cref="Pause"/>: those in between are skipped.
/// What should be recorded is recorded with it.
/// </summary>
internal sealed class SnapshotSaver(
    IStateStore state, SnapshotRecorder? recorder, SnapshotKeeper keeper, Snapshot? saved, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Snapshot? _saved = saved; // what the store holds; only the saver's own calls touch it, one at a time

    public void Changed() => _changed.Writer.TryWrite(true);

    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await _changed.Reader.ReadAsync(cancel);
            await SaveAsync(cancel);
            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>Saves the current snapshot if it is not the saved one. Not while <see cref="RunAsync"/> runs.</summary>
    public async ValueTask SaveAsync(CancellationToken cancel)
    {
        // First: the number of the saved one must not be behind those of the recorded.
        if (recorder is not null) await recorder.RecordAsync(cancel);
        var current = keeper.Current;
        if (ReferenceEquals(current, _saved)) return;
        try
        {
            await state.SaveSnapshotAsync(_saved, current, cancel);
            _saved = current;
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            EngineLog.SaveFailed(logger, current.Number, cause);
            _changed.Writer.TryWrite(true);
        }
    }
}
