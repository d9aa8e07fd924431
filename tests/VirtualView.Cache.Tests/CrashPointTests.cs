using System.Diagnostics;
using System.Reflection;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache.Tests;

/// <summary>The block store killed at each of its crash points: docs/torture.md.</summary>
[Trait("Duration", "medium")]
public sealed class CrashPointTests : IDisposable
{
    private const int Versions = 6;
    private const int Blocks = 40;
    private const int CapacityBlocks = 120;
    private const int KilledExitCode = 128 + 9;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_death_at_any_point_costs_neither_the_index_nor_a_right_byte()
    {
        foreach (var point in CrashPoints.All.Where(point => point.StartsWith("cache.", StringComparison.Ordinal)))
        {
            // Reached only in a folder that is new.
            if (point is CrashPoints.CacheFormatCleared or CrashPoints.CacheFormatWritten or CrashPoints.CacheSourcesAppended)
                if (Directory.Exists(_folder.Path)) Directory.Delete(_folder.Path, recursive: true);
            await DieAsync(point, IsFrequent(point) ? 2 : 1); // not always at the first step of a new store
            await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = (long)CapacityBlocks * TestFolder.Block });
            Assert.True(store.Status().OpenedFrom is "checkpoint" or "new", $"{point}: opened from {store.Status().OpenedFrom}");
            await store.CountHitsAsync(Versions, Blocks);
            Assert.InRange(store.Status().UsedBytes, 0, store.Status().CapacityBytes);
        }
    }

    private static bool IsFrequent(string point) =>
        point.Contains(".put.", StringComparison.Ordinal) || point.Contains(".remove.", StringComparison.Ordinal)
        || point.Contains(".checkpoint.", StringComparison.Ordinal) || point.Contains(".seal.", StringComparison.Ordinal);

    private async Task DieAsync(string point, int count)
    {
        var writer = typeof(CrashTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CrashWriter").Value!;
        var start = new ProcessStartInfo("dotnet", [writer, _folder.Path, $"{count}", $"{Versions}", $"{Blocks}", $"{CapacityBlocks}"]) { RedirectStandardOutput = true };
        start.Environment[CrashPoint.Variable] = $"{point}:{count}";
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == KilledExitCode, $"{point} was not reached: exit code {process.ExitCode}");
    }
}
