using System.Diagnostics;
using Xunit;

namespace VirtualView.Testing;

/// <summary>Waits, in real time, for what happens in the background.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> condition)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(startedAt) < Patience, $"it did not happen within {Patience}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken).ConfigureAwait(false);
        }
    }
}
