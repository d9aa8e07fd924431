using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Torture.Tests.Power;

/// <summary>
/// A disk that loses what was not synced. It is a file system in a file: what the kernel has not been told to write is not
/// in the file, so a copy of it is what a power cut leaves. The journal is committed by fsync alone, not by time.
/// </summary>
internal sealed class LosingDisk : IAsyncDisposable
{
    private readonly HostFolder _folder = new();
    private int _cuts;

    private LosingDisk() => Directory.CreateDirectory(Folder);

    public string Folder => Path.Combine(_folder.Path, "disk");

    private string Image => Path.Combine(_folder.Path, $"image{_cuts}");

    public static async Task<LosingDisk> MakeAsync()
    {
        var disk = new LosingDisk();
        await using (var image = File.Create(disk.Image)) image.SetLength(1L << 30);
        (await Command.RunAsync("mkfs.ext4", "-q", "-F", disk.Image)).Succeeded();
        await disk.AttachAsync();
        return disk;
    }

    /// <summary>The power goes and comes back. Nothing may have files open below <see cref="Folder"/>.</summary>
    public async Task CutPowerAsync()
    {
        var before = Image;
        _cuts++;
        (await Command.RunAsync("cp", "--sparse=always", before, Image)).Succeeded();
        await DetachAsync();
        File.Delete(before);
        await AttachAsync();
    }

    /// <summary>Another disk, with what this one would have if the power went now. Files may be open here.</summary>
    public async Task<LosingDisk> CopyAsCutAsync()
    {
        var copy = new LosingDisk();
        (await Command.RunAsync("cp", "--sparse=always", Image, copy.Image)).Succeeded();
        await copy.AttachAsync();
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        await DetachAsync();
        _folder.Dispose();
    }

    private async Task AttachAsync() => (await Command.RunAsync("mount", "-t", "ext4", "-o", "loop,commit=900", Image, Folder)).Succeeded();

    private Task<CommandResult> DetachAsync() => Command.RunAsync("umount", Folder);
}
