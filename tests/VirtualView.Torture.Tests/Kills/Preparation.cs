using VirtualView.Core.Crashes;
using VirtualView.Torture.Tests.Damage;
using VirtualView.Torture.Tests.Daemon;

namespace VirtualView.Torture.Tests.Kills;

/// <summary>Some points are reached only by a daemon that finds something missing or wrong.</summary>
internal static class Preparation
{
    public static async Task ForAsync(string point, DaemonFolders folders, Random random)
    {
        switch (point)
        {
            case CrashPoints.CacheFormatCleared or CrashPoints.CacheFormatWritten or CrashPoints.CacheSourcesAppended:
                if (Directory.Exists(folders.Cache)) Directory.Delete(folders.Cache, recursive: true);
                break;
            case CrashPoints.StateMigrationApplied:
                foreach (var file in Directory.Exists(folders.State) ? Directory.GetFiles(folders.State, "state.db*") : []) File.Delete(file);
                break;
            case CrashPoints.StateReplaceUnnamed or CrashPoints.StateReplaceNamed:
                File.Delete(Path.Combine(folders.State, "sources.json"));
                break;
            case CrashPoints.StateAsideRenamed:
                Directory.CreateDirectory(folders.State);
                var database = Path.Combine(folders.State, "state.db");
                File.Delete(database + "-wal"); // it may hold every page, and would mend the database
                if (!File.Exists(database)) File.WriteAllText(database, "none");
                Vandal.Apply(DamageKind.Overwrite, database, database, random);
                break;
            case CrashPoints.FuseStaleDetached when !folders.IsMounted:
                await using (var victim = DaemonLife.Begin(folders))
                {
                    await victim.MustMountAsync();
                    victim.Kill();
                }

                break;
        }
    }
}
