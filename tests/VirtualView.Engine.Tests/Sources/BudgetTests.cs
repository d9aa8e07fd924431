using CsCheck;
using VirtualView.Engine.Sources;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Sources;

public sealed class BudgetTests
{
    [Fact]
    public async Task Room_is_given_in_the_order_of_asking()
    {
        var budget = new Budget(10);
        await budget.TakeAsync(8, CancellationToken.None);
        var large = budget.TakeAsync(5, CancellationToken.None).AsTask();
        var small = budget.TakeAsync(1, CancellationToken.None).AsTask();
        Assert.False(large.IsCompleted || small.IsCompleted);

        budget.Return(8);

        await Task.WhenAll(large, small);
    }

    [Fact]
    public async Task What_is_larger_than_all_of_it_passes_alone()
    {
        var budget = new Budget(10);
        await budget.TakeAsync(100, CancellationToken.None);
        var next = budget.TakeAsync(1, CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);

        budget.Return(100);

        await next;
    }

    [Fact]
    public async Task Who_gives_up_lets_those_behind_pass()
    {
        var budget = new Budget(10);
        await budget.TakeAsync(8, CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var large = budget.TakeAsync(5, cancel.Token).AsTask();
        var small = budget.TakeAsync(2, CancellationToken.None).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        await small;
        budget.Return(10);
        await budget.TakeAsync(10, CancellationToken.None);
    }

    [Fact]
    public async Task It_is_never_exceeded_and_never_lost_whoever_gives_up() =>
        await Gen.Select(Gen.Int[1, 12], Gen.Bool).List[1, 40].SampleAsync(async asks =>
        {
            var budget = new Budget(10);
            var (taken, isExceeded) = (0, false);
            await Task.WhenAll(asks.Select(async ask =>
            {
                var (amount, givesUp) = ask;
                using var cancel = new CancellationTokenSource();
                if (givesUp) _ = cancel.CancelAsync();
                try
                {
                    await budget.TakeAsync(amount, cancel.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                if (Interlocked.Add(ref taken, amount) is var now && now > 10 && now != amount) isExceeded = true;
                await Task.Yield();
                Interlocked.Add(ref taken, -amount);
                budget.Return(amount);
            }));
            var all = budget.TakeAsync(10, CancellationToken.None);
            return !isExceeded && all.IsCompletedSuccessfully;
        }, iter: PropertyRuns.Of(200));
}
