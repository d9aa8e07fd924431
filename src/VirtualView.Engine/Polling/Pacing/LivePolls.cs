using VirtualView.Engine.Options;

namespace VirtualView.Engine.Polling.Pacing;

/// <summary>The poll options of now, swapped whole; who waits by the old ones is woken.</summary>
internal sealed class LivePolls(PollOptions first)
{
    private volatile Held _held = new(first);

    public PollOptions Now => _held.Options;

    public void Use(PollOptions options)
    {
        var before = _held;
        _held = new Held(options);
        before.Replaced.Cancel();
    }

    /// <summary>Waits for the time, or until there are other options than <paramref name="known"/>.</summary>
    public async Task PauseAsync(TimeSpan pause, PollOptions known, TimeProvider clock, CancellationToken cancel)
    {
        var held = _held;
        if (!ReferenceEquals(held.Options, known)) return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(held.Replaced.Token, cancel);
        try
        {
            await Task.Delay(pause, clock, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // There are other options.
        }
    }

    /// <summary>The source of the token has no timer and nothing to give back.</summary>
    private sealed record Held(PollOptions Options)
    {
        public CancellationTokenSource Replaced { get; } = new();
    }
}
