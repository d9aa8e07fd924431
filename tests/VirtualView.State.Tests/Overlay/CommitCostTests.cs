using System.Diagnostics;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.State.Tests.Overlay;

/// <summary>Measured by hand, for docs/state.md.</summary>
public sealed class CommitCostTests() : OverlayTest(isOnDisk: true)
{
    private const int Commits = 50_000;

    [Fact(Explicit = true)]
    public async Task What_a_commit_a_small_file_and_a_load_cost()
    {
        var say = TestContext.Current.TestOutputHelper!;
        await using (var store = await OpenAsync())
        {
            var (journal, files) = await store.OpenOverlayAsync(Cancel);
            await journal.LoadAsync(Cancel);
            journal.Commit(OverlayJournalTests.Made(1, EntryKind.Directory));
            var parent = OverlayJournalTests.Made(1, EntryKind.Directory).Inodes[0];
            var changes = new OverlayChanges();
            long longest = 0;
            var began = Stopwatch.GetTimestamp();
            for (var id = 2UL; id < Commits + 2; id++)
            {
                changes.Clear();
                changes.Inodes.Add(parent);
                changes.Inodes.Add(parent with { Id = new LocalId(id), Kind = EntryKind.File });
                changes.Entries.Add(new LocalEntry(LocalId.Root, PathName.Of($"file {id}"), new LocalId(id), HiddenEntry.Nothing));
                var at = Stopwatch.GetTimestamp();
                Assert.Equal(FileSystemError.None, journal.Commit(changes));
                longest = Math.Max(longest, Stopwatch.GetTimestamp() - at);
            }

            say.WriteLine($"commit: {Stopwatch.GetElapsedTime(began).TotalMicroseconds / Commits:0.0} us, the longest {longest * 1000.0 / Stopwatch.Frequency:0.0} ms");
            began = Stopwatch.GetTimestamp();
            for (var id = 2UL; id < 10_002; id++)
            {
                using var file = files.Create(new LocalId(id)).Value;
                file.Write(0, "a few bytes"u8);
            }

            say.WriteLine($"create, write, close: {Stopwatch.GetElapsedTime(began).TotalMicroseconds / 10_000:0.0} us");
            began = Stopwatch.GetTimestamp();
            Assert.Equal(FileSystemError.None, await journal.SyncAsync(Cancel));
            say.WriteLine($"sync: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0} ms");
        }

        var start = Stopwatch.GetTimestamp();
        var image = await LoadOverlayAsync();
        say.WriteLine($"load of {image.Inodes.Length} inodes: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms, {new FileInfo(Database).Length >> 10} KiB");
    }
}
