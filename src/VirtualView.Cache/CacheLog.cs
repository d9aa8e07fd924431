using Microsoft.Extensions.Logging;

namespace VirtualView.Cache;

internal static partial class CacheLog
{
    [LoggerMessage(1, LogLevel.Information, "The cache in {Folder} opened from {Step}: {Blocks} blocks of {Payloads} versions, {UsedBytes} of {CapacityBytes} bytes")]
    public static partial void Opened(this ILogger log, string folder, string step, long blocks, int payloads, long usedBytes, long capacityBytes);

    [LoggerMessage(2, LogLevel.Warning, "The cache index in {Folder} is damaged; it goes on from: {Step}. What is missing is fetched again")]
    public static partial void IndexDamaged(this ILogger log, string folder, string step);

    [LoggerMessage(3, LogLevel.Debug, "Checkpoint {Number} of the cache index in {Folder} was passed over")]
    public static partial void CheckpointPassedOver(this ILogger log, long number, string folder, Exception? cause);

    [LoggerMessage(4, LogLevel.Warning, "{Folder} holds no cache of this format and block size; it starts empty")]
    public static partial void StartsEmpty(this ILogger log, string folder);

    [LoggerMessage(5, LogLevel.Warning, "{Blocks} cached blocks in {Folder} have no bytes on the disk any more and are dropped; {Files} files without a label or a block are deleted")]
    public static partial void BytesLost(this ILogger log, string folder, long blocks, long files);

    [LoggerMessage(18, LogLevel.Warning, "{Files} files without a label or a block were in the cache in {Folder} and are deleted")]
    public static partial void Tidied(this ILogger log, string folder, long files);

    [LoggerMessage(6, LogLevel.Warning, "Block {Block} of version {Version} is damaged on the disk; it is dropped and will be fetched again")]
    public static partial void BlockDamaged(this ILogger log, long block, string version);

    [LoggerMessage(7, LogLevel.Warning, "The file {Path} of version {Version} is gone or not ours; its blocks are dropped")]
    public static partial void FileForeign(this ILogger log, string path, string version);

    [LoggerMessage(8, LogLevel.Warning, "The cache in {Folder} does not keep what it should: {Reason}. Said once until it does again")]
    public static partial void Degraded(this ILogger log, string folder, string reason, Exception? cause);

    [LoggerMessage(9, LogLevel.Information, "The cache in {Folder} keeps what it is given again")]
    public static partial void Recovered(this ILogger log, string folder);

    [LoggerMessage(10, LogLevel.Warning, "The disk of {Folder} cannot punch holes: versions are evicted whole")]
    public static partial void NoHoles(this ILogger log, string folder);

    [LoggerMessage(11, LogLevel.Error, "The upkeep of the cache in {Folder} failed; it goes on")]
    public static partial void UpkeepFailed(this ILogger log, string folder, Exception cause);

    [LoggerMessage(12, LogLevel.Debug, "Keeping block {Block} of version {Version} failed")]
    public static partial void PutFailed(this ILogger log, long block, string version, Exception cause);

    [LoggerMessage(13, LogLevel.Debug, "{Blocks} blocks of {Path} may not have reached the disk (error {Error}); they are dropped")]
    public static partial void SyncFailed(this ILogger log, string path, int blocks, int error);

    [LoggerMessage(14, LogLevel.Warning, "Room of {Path} could not be given back to the disk")]
    public static partial void PunchFailed(this ILogger log, string path, Exception cause);

    [LoggerMessage(16, LogLevel.Warning, "The cache in {Folder} lies on a network file system ({Kind}), where it is slower and a lost server stops it: a local disk serves better")]
    public static partial void OnNetwork(this ILogger log, string folder, string kind);

    [LoggerMessage(15, LogLevel.Information, "Checked {Blocks} cached blocks in {Folder}: {Damaged} damaged, {Missing} without bytes, {Strays} files of no version")]
    public static partial void Scrubbed(this ILogger log, string folder, long blocks, long damaged, long missing, long strays);

    [LoggerMessage(17, LogLevel.Warning, "The cache in {Folder} takes {CapacityBytes} bytes from now on, but its index in memory is made for {IndexedBytes}: beyond that some lookups read the disk, until the view is mounted anew")]
    public static partial void IndexIsSmall(this ILogger log, string folder, long capacityBytes, long indexedBytes);
}
