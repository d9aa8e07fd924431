using VirtualView.Simulation.History;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Runs;

/// <summary>Calls the view as a kernel does, and sees to it that every call ends in time and none throws.</summary>
internal sealed class Caller(SeededScheduler scheduler, Life life, List<Violation> violations)
{
    /// <summary>What the design grants a call, and a second for a busy machine.</summary>
    public static readonly TimeSpan LongestCall = (2 * World.FetchTimeout) + TimeSpan.FromSeconds(5 + 1);

    /// <summary>Nobody's program waits for a poll, but it must end: every directory in turn, each with a silent source.</summary>
    public static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(3);

    /// <summary>The call's answer; no answer, and a violation, when it threw or did not end.</summary>
    public async Task<(bool HasEnded, T? Answer)> CallAsync<T>(string name, TimeSpan longest, Func<ValueTask<T>> call)
    {
        using var tracked = scheduler.Track($"{name} (life {life.Number}, since {life.GetUtcNow():HH:mm:ss.fff})");
        var beganAt = life.GetUtcNow();
        try
        {
            var answer = ReplyAsync(call);
            if (await EndsAsync(answer, longest)) return (true, await answer);
            violations.Add(new Violation("every call ends", $"{name} in life {life.Number}, begun at {beganAt:HH:mm:ss.fff}, has not ended after {longest}"));
        }
        catch (Exception failure) when (failure is not SimulationStuckException)
        {
            // What the dead throw nobody catches.
            if (!life.IsDead) violations.Add(new Violation("no call throws", $"{name} in life {life.Number}: {failure}"));
        }

        return (false, default);
    }

    public Task<(bool HasEnded, T? Answer)> CallAsync<T>(string name, Func<ValueTask<T>> call) => CallAsync(name, LongestCall, call);

    public Task<(bool HasEnded, bool Answer)> CallAsync(string name, TimeSpan longest, Func<ValueTask> call) =>
        CallAsync(name, longest, async () =>
        {
            await call();
            return true;
        });

    /// <summary>
    /// What the process says while it lives. The first thing that happens after its work is the reply: whoever has that by
    /// the time the process dies has it for good, and to all others it says nothing any more.
    /// </summary>
    private async Task<T> ReplyAsync<T>(Func<ValueTask<T>> call)
    {
        await life.StayAliveAsync();
        var answer = await call();
        await life.StayAliveAsync();
        return answer;
    }

    private async Task<bool> EndsAsync(Task answer, TimeSpan longest)
    {
        if (answer.IsCompleted) return true;
        using var ended = new CancellationTokenSource();
        var deadline = Task.Delay(longest, life, ended.Token);
        await Task.WhenAny(answer, deadline);
#pragma warning disable CA1849 // CancelAsync would cancel on the thread pool
        ended.Cancel();
#pragma warning restore CA1849
        return answer.IsCompleted;
    }
}
