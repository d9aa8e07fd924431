using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.Runs;

/// <summary>When the world is calm and was polled, the view must show it as it is.</summary>
internal sealed class Convergence(World world, Presence presence, Daemon daemon, List<Violation> violations)
{
    public async Task CheckAsync()
    {
        foreach (var path in presence.Paths)
        {
            if (world.Expected(path) is { } file) await CheckAsync(path, file);
            else await CheckAbsentAsync(path);
        }
    }

    private async Task CheckAbsentAsync(VirtualPath path)
    {
        var found = await daemon.WalkAsync(path);
        if (found.IsOk) daemon.View.FileSystem.Forget(found.Value.Node, 1);
        if (found.Error != FileSystemError.NotFound)
            Report(path, found.IsOk ? "is still there, but was deleted" : $"was deleted, and its lookup ends with {found.Error}");
    }

    private async Task CheckAsync(VirtualPath path, RemoteFile file)
    {
        var found = await daemon.WalkAsync(path);
        if (!found.TryGet(out var attributes))
        {
            Report(path, $"{file.Content} is there, and its lookup ends with {found.Error}");
            return;
        }

        daemon.View.FileSystem.Forget(attributes.Node, 1);
        if (!world.IsShownAs(path, attributes.SizeBytes, attributes.ModifiedAt, file))
            Report(path, $"shows {attributes.SizeBytes} B of {attributes.ModifiedAt}, and is {file.Content} of {file.ModifiedAt}");
        var error = await CheckBytesAsync(path, file);
        if (error == FileSystemError.Stale && world.OnlyItsTagTells(path))
        {
            // The first read found out, and whoever opens the file a moment later gets what is there.
            await Task.Delay(TimeSpan.FromSeconds(1), daemon.Life);
            error = await CheckBytesAsync(path, file);
        }

        if (error != FileSystemError.None) Report(path, $"{file.Content} cannot be read: {error}");
    }

    /// <summary>How the read ended. Bytes that are not those of the file are wrong at once.</summary>
    private async Task<FileSystemError> CheckBytesAsync(VirtualPath path, RemoteFile file)
    {
        if (await daemon.OpenAsync(path) is not { } open) return FileSystemError.NotFound;
        var (error, bytes) = await daemon.ReadAsync(open.Handle, 0, file.Content.SizeBytes + 1, triesFirst: false, patience: null);
        if (error == FileSystemError.None && !bytes.AsSpan().SequenceEqual(file.Content.Bytes.Span))
            Report(path, $"{bytes.Length} B were read, and they are not {file.Content}");
        daemon.Release(path, open);
        return error;
    }

    private void Report(VirtualPath path, string why) => violations.Add(new Violation("convergence", $"{path} {why}"));
}
