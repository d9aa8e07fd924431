using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary><c>statfs</c>, which <c>df</c> shows.</summary>
internal sealed class StatisticsOperation(IViewFileSystem fileSystem) : IOperation
{
    private const uint BlockBytes = 4096;

    /// <summary>Nothing here runs out of inodes; a 0 would alarm whoever watches them.</summary>
    private const ulong FreeFiles = 1UL << 32;

    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        var now = fileSystem.Statistics();
        var free = (ulong)now.FreeBytes / BlockBytes;
        return Answer.Bytes(reply.Put(new StatisticsOut
        {
            Statistics = new Statistics
            {
                Blocks = (ulong)now.TotalBytes / BlockBytes,
                FreeBlocks = free,
                AvailableBlocks = free,
                Files = (ulong)now.Files + FreeFiles,
                FreeFiles = FreeFiles,
                BlockSize = BlockBytes,
                FragmentSize = BlockBytes,
                NameBytes = PathName.MaxBytes,
            },
        }));
    }
}
