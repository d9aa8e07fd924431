using System.Diagnostics;
using System.Globalization;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Damage;

/// <summary>Kills a process that saves without end, with SIGKILL, again and again in the same folder.</summary>
public sealed class KillTests : StateTest
{
    private const int Rounds = 5;

    [Fact]
    public async Task After_a_kill_a_snapshot_that_was_saved_whole_is_there()
    {
        var random = new Random(1);
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await SaveUntilKilledAsync(saves: 1 + random.Next(5), TimeSpan.FromMilliseconds(random.Next(30)));
            var loaded = await LoadAsync();
            Assert.NotNull(loaded);
            Assert.InRange(loaded.Number, acknowledged, acknowledged + 1);
            AssertSame(SavingChild.Saved(loaded.Number), loaded);
        }

        Assert.Empty(Logs.Warnings);
    }

    private async Task<long> SaveUntilKilledAsync(int saves, TimeSpan andThen)
    {
        using var child = Start();
        long acknowledged = 0;
        try
        {
            while (saves > 0)
            {
                var line = await child.StandardOutput.ReadLineAsync(Cancel) ?? throw new InvalidOperationException("the child ended by itself");
                if (ReadNumber(line) is not { } number) continue;
                (acknowledged, saves) = (number, saves - 1);
            }

            // Somewhere in the middle of the next save.
            await Task.Delay(andThen, TimeProvider.System, Cancel);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(Cancel);
        }

        // What it wrote to the pipe before it died counts as acknowledged too.
        while (await child.StandardOutput.ReadLineAsync(Cancel) is { } line)
            acknowledged = ReadNumber(line) ?? acknowledged;
        return acknowledged;
    }

    private static long? ReadNumber(string line) =>
        line.StartsWith("saved ", StringComparison.Ordinal) ? long.Parse(line.AsSpan(6), CultureInfo.InvariantCulture) : null;

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                typeof(KillTests).Assembly.Location, "-explicit", "only", "-noLogo",
                "-method", $"{typeof(SavingChild).FullName}.{nameof(SavingChild.Saves_until_it_is_killed)}",
            },
            Environment = { [SavingChild.FolderVariable] = Folder.State },
        };
        return Process.Start(start)!;
    }
}
