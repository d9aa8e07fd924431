using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Snapshots;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Damage;

/// <summary>
/// Not a test: what the process that <see cref="KillTests"/> kills runs. It leaves nothing behind but the state, so
/// it has no folder of its own.
/// </summary>
public sealed class SavingChild
{
    public const string FolderVariable = "VIRTUALVIEW_TEST_STATE_FOLDER";

    /// <summary>Each number has a tree of its own, so that what was loaded can be compared.</summary>
    public static Snapshot Saved(long number) => SampleTree.Of(60 + (int)(number % 5), 40, number);

    [Fact(Explicit = true)]
    public async Task Saves_until_it_is_killed()
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, $"runs only as the child of {nameof(KillTests)}");
        await using var store = await StateStore.OpenAsync(new() { Folder = folder }, TimeProvider.System, NullLoggerFactory.Instance, cancel);
        var last = await store.LoadSnapshotAsync(cancel);
        while (true)
        {
            // Half of the saves write everything, half what changed.
            var next = Saved((last?.Number ?? 0) + 1);
            await store.SaveSnapshotAsync(next.Number % 2 == 0 ? last : null, next, cancel);
            await Console.Out.WriteLineAsync($"saved {next.Number.ToString(CultureInfo.InvariantCulture)}");
            last = next;
        }
    }
}
