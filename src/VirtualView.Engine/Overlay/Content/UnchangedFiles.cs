using System.Threading.Channels;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>
/// Finds out, when nobody has a file open any more, whether what was written to it is what the version below has there
/// anyhow: many programs write what they have read. Then nothing of it is kept, and the sources' file shows again. One
/// file at a time, and only while nobody waits for bytes; what finds no place in the queue is found by its next close, or
/// by the next start.
/// </summary>
internal sealed class UnchangedFiles(LocalTree tree, Change change, BlockReader blocks, TimeProvider clock)
{
    /// <summary>More was hardly ever there already, and costs more to compare.</summary>
    public const long MostBytes = 1 << 20;

    /// <summary>A program that closes a file often opens it again at once.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Until a source that does not answer is asked again.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(1);

    private const int MostRanges = 64; // each may cost a block

    private readonly Channel<LocalInode> _doubted = Channel.CreateBounded<LocalInode>(1024);

    /// <summary>Somebody closed the file, or the process begins. Under the tree's gate.</summary>
    public void Doubt(LocalInode inode)
    {
        if (!inode.IsDoubted && Compared(inode) is not null) inode.IsDoubted = _doubted.Writer.TryWrite(inode);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        lock (tree.Gate)
        {
            foreach (var inode in tree.All) Doubt(inode);
        }

        while (true)
        {
            var inode = await _doubted.Reader.ReadAsync(stop);
            do await Task.Delay(Pause, clock, stop);
            while (blocks.IsWaitedFor);
            lock (tree.Gate) inode.IsDoubted = false;
            if (await CompareAsync(inode, stop) is not (FileSystemError.Unreachable or FileSystemError.TimedOut)) continue;
            lock (tree.Gate) Doubt(inode);
            await Task.Delay(RetryPause, clock, stop);
        }
    }

    /// <summary>What is to be compared; null where that is not worth it, or more than bytes would be lost.</summary>
    private static LocalFileBase? Compared(LocalInode inode) =>
        inode is { Handles: 0, IsInJournal: true, IsGone: false, Record: { Links: 1, KeepsAttributes: true }, File.Base: { } below }
        && below.SizeBytes == below.Version.SizeBytes && below.Written.Ranges.Length <= MostRanges && below.Written.TotalBytes <= MostBytes
        && below.Written.Contains(ByteRange.FromTo(below.ShownBytes, below.SizeBytes)) && IsAtItsPlace(inode, below.Path)
            ? below
            : null;

    private static bool IsAtItsPlace(LocalInode inode, VirtualPath path) =>
        inode.Parent?.Directory is { Base: { } above } names && above / inode.Name == path && names.Entries.GetValueOrDefault(inode.Name) == inode;

    private async ValueTask<FileSystemError> CompareAsync(LocalInode inode, CancellationToken stop)
    {
        LocalFile file;
        lock (tree.Gate)
        {
            if (Compared(inode) is null) return FileSystemError.None;
            file = inode.File!;
            var error = file.Open(mayMap: false);
            if (error != FileSystemError.None) return error;
        }

        var compared = file.Base!;
        try
        {
            foreach (var range in compared.Written.Ranges)
            {
                var same = await file.IsAsBaseAsync(range, stop);
                if (!same.TryGet(out var isSame)) return same.Error;
                if (!isSame) return FileSystemError.None;
            }
        }
        finally
        {
            file.Close(mayMap: false);
        }

        lock (tree.Gate)
        {
            // Every write leaves another object.
            return ReferenceEquals(Compared(inode), compared) ? TakeBack(inode) : FileSystemError.None;
        }
    }

    /// <summary>The journal forgets the file, and the directories that are local only for it.</summary>
    private FileSystemError TakeBack(LocalInode inode)
    {
        var going = new List<LocalInode> { inode };
        while (going[^1].Parent is { } above && LedOnlyTo(above)) going.Add(above);
        change.Begin();
        foreach (var each in going)
        {
            change.RemoveEntry(each.Parent!, each.Name);
            change.Remove(each, each.Record);
        }

        var error = change.Commit();
        if (error != FileSystemError.None) return error;
        foreach (var each in going) each.IsChanged = false;
        inode.File!.TakeBack();
        tree.Tidy(inode);
        return FileSystemError.None;
    }

    /// <summary>A kernel that knows it by no other id than the local one may stand in it: then it stays.</summary>
    private static bool LedOnlyTo(LocalInode directory) =>
        directory is { IsInJournal: true, IsGone: false, Handles: 0, Record.KeepsAttributes: true, Parent.Directory.Base: { } above, Directory: { Entries.Count: 1 } names }
        && directory.Id != LocalId.Root && names.Base == above / directory.Name && (directory.Alias is not null || directory.Lookups == 0);
}
