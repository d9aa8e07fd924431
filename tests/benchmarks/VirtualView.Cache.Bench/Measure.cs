using System.Diagnostics;

namespace VirtualView.Cache.Bench;

/// <summary>How fast something went, by the clock and by the processor time that it cost: others' load hardly moves the second.</summary>
internal readonly record struct Measure(double Rate, double CpuRate)
{
    public static async Task<Measure> OfAsync(double mebibytes, Func<Task> work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await work();
        return new Measure(mebibytes / watch.Elapsed.TotalSeconds, mebibytes / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    public static Measure Of(double mebibytes, Action work) =>
        OfAsync(mebibytes, () =>
        {
            work();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
}
