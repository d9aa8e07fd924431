using VirtualView.Testing.Processes;
using VirtualView.Torture.Tests.Content;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Reading;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>
/// With nothing going on: after a sync the view is the source, and what a clean end has acknowledged is never fetched again.
/// </summary>
internal sealed class CalmCheck(TortureWorld world, ReadLedger ledger)
{
    public async Task RunAsync()
    {
        var kept = await LookAsync();
        var before = world.Server.Requests().Count;
        await using var daemon = DaemonLife.Begin(world.Folders);
        await daemon.MustMountAsync();
        foreach (var (view, file) in kept) await ReadAsync(daemon, view, file);
        await daemon.StopAsync();

        var fetched = world.Server.Requests().Skip(before).Where(request => request.Method == "GET" && !request.Target.EndsWith('/')).ToList();
        Assert.True(
            !fetched.Any(request => kept.Any(one => one.View == world.Views[0] && request.Target.EndsWith(SourceWorld.PathOf(one.File), StringComparison.Ordinal))),
            $"fetched again although a clean end had kept it: {string.Join("; ", fetched.Select(request => $"{request.Target} {request.Range}"))}");
    }

    /// <summary>All that is cached whole at the clean end.</summary>
    private async Task<List<(string View, int File)>> LookAsync()
    {
        await using var daemon = DaemonLife.Begin(world.Folders);
        await daemon.MustMountAsync();
        // The sources may have lost so much by chance that it would be held back.
        (await daemon.VirtualViewAsync("sync", "--accept-deletions", world.Folders.MountPoint)).Succeeded();
        world.Sources.Settle();
        foreach (var view in world.Views)
        {
            var there = Enumerable.Range(0, SourceWorld.Files).Where(world.Sources.IsThere).Select(SourceWorld.PathOf);
            var listed = Directory.GetFiles(view, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(view, path));
            Assert.Equal(there.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
            for (var file = 0; file < SourceWorld.Files; file++)
                if (world.Sources.IsThere(file)) await ReadAsync(daemon, view, file);
        }

        var kept = new List<(string View, int File)>();
        foreach (var view in world.Views)
        {
            for (var file = 0; file < SourceWorld.Files; file++)
                if (world.Sources.IsThere(file) && await IsCachedAsync(view, file)) kept.Add((view, file));
        }

        await daemon.StopAsync();
        Assert.True(!daemon.WasKilled, "the daemon was killed while it ended");
        Assert.True(kept.Count > 2, $"only {kept.Count} files are cached whole");
        return kept;
    }

    private async Task ReadAsync(DaemonLife daemon, string view, int file)
    {
        var before = ledger.Violations.Count;
        await Task.Run(() =>
        {
            using var handle = CheckedHandle.Open(world.Sources, daemon, ledger, view, file);
            Assert.NotNull(handle);
            Assert.Equal(SourceWorld.SizeOf(file, world.Sources.Newest(file)), handle.SizeBytes);
            Assert.True(handle.ReadAll(() => false), "not read to its end");
        });
        Assert.True(ledger.Violations.Count == before, string.Join('\n', ledger.Violations.Skip(before)));
    }

    /// <summary>Racy versions are not kept, and what was read last may still be on its way to the disk.</summary>
    private async Task<bool> IsCachedAsync(string view, int file)
    {
        var path = Path.Combine(view, SourceWorld.PathOf(file));
        var said = await Command.RunAsync("getfattr", "--only-values", "-n", "user.virtualview.cached", path);
        return said.Text == $"{SourceWorld.SizeOf(file, world.Sources.Newest(file))}";
    }
}
