using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Upkeep;

/// <summary>Deletes what retired and makes checkpoints, when the clock says so or someone nudges it.</summary>
internal sealed class UpkeepLoop : IAsyncDisposable
{
    // One nudge says it all: what is to be done stands elsewhere.
    private readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private Task _loop = Task.CompletedTask;

    public void Nudge() => _nudges.Writer.TryWrite(true);

    public void Start(Checkpointer checkpointer, Action retire, StoreLayout layout, TimeSpan interval, TimeProvider clock, ILogger log)
    {
        _timer = clock.CreateTimer(_ => Nudge(), null, interval, interval);
        _loop = Task.Run(() => RunAsync(checkpointer, retire, layout, log));
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        _nudges.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(Checkpointer checkpointer, Action retire, StoreLayout layout, ILogger log)
    {
        while (!_stop.IsCancellationRequested && await _nudges.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            _nudges.Reader.TryRead(out _);
            try
            {
                retire();
                // Not cancelled in the middle: the last checkpoint at disposal must find FASTER at rest.
                if (checkpointer.IsDue) await checkpointer.RunAsync(withTable: false, CancellationToken.None).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // The checkpointer has said so, and the next round tries again.
            }
            catch (Exception error)
            {
                // Catch-all at the loop's edge: one failed round must not end the upkeep.
                log.UpkeepFailed(layout.Root, error);
            }
        }
    }
}
