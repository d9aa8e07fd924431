using VirtualView.Torture.Tests.Damage;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Keeping;
using VirtualView.Torture.Tests.Kills;

namespace VirtualView.Torture.Tests;

[Trait("Needs", "fuse")]
public sealed class DamageTests(ITestOutputHelper output)
{
    private static readonly int[] Small = [0, 1, 2];

    [Fact]
    public Task With_what_matters_most_overwritten_it_mounts_says_so_once_and_gives_no_wrong_byte() =>
        RunAsync(DamageTarget.All.Where(target => target.MattersMost), [DamageKind.Overwrite]);

    [Fact]
    [Trait("Duration", "long")]
    public Task With_any_file_spoiled_in_any_way_it_mounts_and_gives_no_wrong_byte() =>
        RunAsync(DamageTarget.All, [DamageKind.Overwrite, DamageKind.Flip, DamageKind.Truncate, DamageKind.Delete]);

    private async Task RunAsync(IEnumerable<DamageTarget> targets, DamageKind[] kinds)
    {
        await using var world = await TortureWorld.BeginAsync("1 GiB");
        var view = new QuietView(world);
        var random = new Random(5);
        var problems = new List<string>();
        foreach (var (target, kind) in targets.SelectMany(target => kinds.Select(kind => (target, kind))))
        {
            // Killed, so that what a clean end removes is there; with a checkpoint, so that there is an index.
            foreach (var isClean in new[] { true, false })
            {
                await using var victim = DaemonLife.Begin(world.Folders);
                await victim.MustMountAsync();
                await view.ReadAsync(victim, Small);
                if (!isClean) continue;
                (await victim.VirtualViewAsync("pin", world.Views[0])).Succeeded();
                await victim.StopAsync();
            }

            if (target.Find(world.Folders) is not { } file)
            {
                problems.Add($"{target.Pattern}: a killed daemon leaves none");
                continue;
            }

            Vandal.Apply(kind, file, file, random);
            await using var daemon = DaemonLife.Begin(world.Folders);
            await daemon.MustMountAsync();
            await view.ReadAsync(daemon, Small);
            await daemon.StopAsync();
            string[] said = [.. (await daemon.EndedErrorsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("Detached a dead mount", StringComparison.Ordinal))];
            output.WriteLine($"{kind} {target.Pattern}: {(said.Length == 0 ? "-" : string.Join("\n    ", said))}");
            if (said.Length > 2) problems.Add($"{kind} {target.Pattern}: {said.Length} lines instead of one: {string.Join("\n", said)}");
            if (kind == DamageKind.Overwrite && target.Says is { } sentence && !said.Any(line => line.Contains(sentence, StringComparison.Ordinal)))
                problems.Add($"{kind} {target.Pattern}: the log does not say '{sentence}'");
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }
}
