using VirtualView.Core.Blocks;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine;

namespace VirtualView.Simulation.Tests.Reference;

/// <summary>Reads block by block: from the store, else from the only replica, tried a few times.</summary>
internal sealed class ReferenceReader(ReferenceCatalog catalog, EngineRooms rooms, PlantedDefect defect)
{
    private const int Attempts = 5;

    private readonly byte[] _shared = new byte[rooms.Blocks.BlockSizeBytes];

    public async Task<ReadOutcome> ReadAsync(ReferenceHandle handle, long offset, Memory<byte> into)
    {
        var blockSize = rooms.Blocks.BlockSizeBytes;
        var size = handle.Node.Version!.SizeBytes;
        var length = (int)Math.Clamp(size - offset, 0, into.Length);
        for (var done = 0; done < length;)
        {
            var number = (offset + done) / blockSize;
            var range = new ByteRange(number * blockSize, blockSize).ClampTo(size);
            var (error, block) = await BlockAsync(handle, number, range);
            if (error != FileSystemError.None && defect == PlantedDefect.ReadsShort) return ReadOutcome.Read(done);
            if (error != FileSystemError.None && defect != PlantedDefect.ReadsHoles) return ReadOutcome.Failed(error);
            var skip = defect == PlantedDefect.ReadsElsewhere && done == 0 ? (int)(offset % blockSize) / 2 : (int)(offset + done - range.Offset);
            var part = block.AsMemory(skip, (int)Math.Min(length - done, range.End - offset - done));
            part.CopyTo(into[done..]);
            done += part.Length;
        }

        return ReadOutcome.Read(length);
    }

    private async Task<(FileSystemError Error, byte[] Block)> BlockAsync(ReferenceHandle handle, long number, ByteRange range)
    {
        var block = defect == PlantedDefect.ReusesBuffers ? _shared : new byte[range.Length];
        var bytes = block.AsMemory(0, (int)range.Length);
        var replica = handle.Node.Version!.Replicas[0];
        var isKept = replica.Validator.Strength != ValidatorStrength.Racy || defect == PlantedDefect.KeepsRacy;
        if (isKept && await handle.Payload.ReadAsync(range.Offset, bytes, CancellationToken.None) == BlockRead.Hit)
            return (FileSystemError.None, block);
        var error = await FetchAsync(replica, range, bytes);
        if (error != FileSystemError.None || !isKept) return (error, block);
        var put = handle.Payload.PutAsync(number, bytes, replica.Source, CancellationToken.None).AsTask();
        if (defect == PlantedDefect.ReusesBuffers) return (error, (byte[])block.Clone());
        var isRefused = await put is PutOutcome.NoRoom or PutOutcome.Failed;
        return (isRefused && defect == PlantedDefect.NeedsTheDisk ? FileSystemError.NoSpace : FileSystemError.None, block);
    }

    private async Task<FileSystemError> FetchAsync(Replica replica, ByteRange range, Memory<byte> into)
    {
        var source = rooms.Sources.First(source => source.Id == replica.Source);
        for (var attempt = 1; ; attempt++)
        {
            var expected = defect == PlantedDefect.MixesVersions && await NowAsync(source, replica) is { } now ? now : replica.Validator;
            if (expected.SizeBytes < range.End) return FileSystemError.Stale;
            var outcome = await catalog.BoundedAsync(token => source.ReadAsync(replica.Path, range, expected, new ReferenceSink(into), token));
            if (outcome.IsOk) return FileSystemError.None;
            if (outcome.Error.Kind is SourceErrorKind.Changed or SourceErrorKind.NotFound) return FileSystemError.Stale;
            if (attempt == Attempts || outcome.Error.Kind == SourceErrorKind.TimedOut) return FileSystemError.Unreachable;
        }
    }

    private async Task<Validator?> NowAsync(ISource source, Replica replica)
    {
        var stat = await catalog.BoundedAsync(token => source.StatAsync(replica.Path, token));
        return stat.IsOk ? stat.Value.Validator : null;
    }
}
