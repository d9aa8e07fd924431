using System.Security.Cryptography;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Kills;
using VirtualView.Torture.Tests.Writing;

namespace VirtualView.Torture.Tests;

/// <summary>A plain folder, in which the same calls are made, says what the view must show.</summary>
[Trait("Needs", "fuse")]
public sealed class OverlayCrashTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Points => [.. DeathPlan.OverlayPoints];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Dead_at_a_crash_point_of_the_overlay_it_has_all_that_was_acknowledged(string point)
    {
        var history = CrashHistories.To(point);
        Assert.True(history is not null, $"no history leads to {point}");
        using var world = new WritingWorld(writers: 1, filesEach: 5);
        var plain = Directory.CreateDirectory(Path.Combine(world.Sources, "..", "plain")).FullName;
        var view = Path.Combine(world.Folders.MountPoint, "data", "0");
        await using (var first = DaemonLife.Begin(world.Folders))
        {
            await first.MustMountAsync();
            await File.WriteAllTextAsync(Path.Combine(view, "kept"), "kept", TestContext.Current.CancellationToken);
            Copy(view, plain);
            await first.StopAsync();
        }

        if (history.IsOfSalvage) world.DamageJournal();
        Action<string>? unanswered = null;
        await using (var armed = DaemonLife.Begin(world.Folders, point))
        {
            if (await armed.IsMountedAsync())
                unanswered = await Task.Run(() => Play(history, view, plain), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.True(await armed.DiesWithinAsync(Patience), $"{point} was not reached");
            Assert.True(armed.WasKilled, await armed.EndedErrorsAsync());
        }

        await using var last = DaemonLife.Begin(world.Folders);
        await last.MustMountAsync();
        var seen = Describe(view);
        var allowed = new List<string> { Describe(plain) };
        if (unanswered is not null)
        {
            unanswered(plain);
            allowed.Add(Describe(plain));
        }

        Assert.True(allowed.Contains(seen), $"seen:\n{seen}\nallowed:\n{string.Join("\nor\n", allowed)}");
        await last.StopAsync();
    }

    /// <returns>The call that was not answered; null when all were.</returns>
    private static Action<string>? Play(CrashHistory history, string view, string plain)
    {
        foreach (var call in history.Calls)
        {
            try
            {
                call(view);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return call;
            }

            call(plain);
        }

        return null;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
        {
            var copy = Path.Combine(to, Path.GetFileName(file));
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
            File.SetUnixFileMode(copy, File.GetUnixFileMode(file));
        }
    }

    private static string Describe(string folder) => string.Join('\n', Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file =>
        $"{Path.GetFileName(file)} {File.GetUnixFileMode(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
