using VirtualView.Core.Overlay;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Overlay;

/// <summary>A state folder whose overlay is tested.</summary>
public abstract class OverlayTest(bool isOnDisk = false) : StateTest(isOnDisk)
{
    protected string Database => Path.Combine(Folder.State, "overlay.db");

    /// <summary>Loads, looks, and closes.</summary>
    protected async Task<OverlayImage> LoadOverlayAsync(string? folder = null)
    {
        await using var store = await OpenAsync(folder ?? Folder.State);
        var overlay = await store.OpenOverlayAsync(Cancel);
        return await overlay.Journal.LoadAsync(Cancel);
    }

    protected ValueTask<StateStore> OpenAsync(string folder) =>
        StateStore.OpenAsync(new() { Folder = folder, BusyTimeout = TimeSpan.FromSeconds(1) }, Clock, Logs, Cancel);

    /// <summary>What a process that is killed now would leave.</summary>
    protected string CopyAsKilled()
    {
        var copy = Path.Combine(Folder.Path, "killed-" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(Folder.State, "overlay.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
