using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Status;

namespace VirtualView.Engine.Sources;

/// <summary>Asks each source for its root and for a few bytes of a file that it is known to have, all at the same time.</summary>
internal sealed class SourceProbe(SourceTable sources, SnapshotKeeper keeper, TimeProvider clock, ILogger logger)
{
    private const int ReadBytes = 64 << 10;

    /// <summary>No more entries are looked at for a file to read.</summary>
    private const int MostLooks = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async ValueTask<System.Collections.Immutable.ImmutableArray<ProbeResult>> RunAsync(CancellationToken cancel) =>
        [.. await Task.WhenAll(sources.All.Select(source => ProbeAsync(source, cancel)))];

    private async Task<ProbeResult> ProbeAsync(MeteredSource source, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        var result = new ProbeResult
        {
            Source = source.Name, IsReachable = false, StatMilliseconds = null, File = null, ReadBytes = 0, ReadMilliseconds = null, Error = null,
        };
        try
        {
            var startedAt = clock.GetTimestamp();
            var stat = await source.StatAsync(VirtualPath.Root, either.Token);
            if (stat.Error is { } error) return result with { Error = error.Message };
            result = result with { IsReachable = true, StatMilliseconds = clock.GetElapsedTime(startedAt).TotalMilliseconds };
            return FindFile(source.Id) is { } file ? await ReadAsync(source, file.Path, file.Replica, result, either.Token) : result;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return result with { Error = $"it did not answer within {Patience.TotalSeconds:0} s" };
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            // One source that fails in a way of its own does not keep the others from being told of.
            EngineLog.CallFailed(logger, defect);
            return result with { Error = defect.Message };
        }
    }

    private async Task<ProbeResult> ReadAsync(MeteredSource source, VirtualPath path, Replica replica, ProbeResult result, CancellationToken cancel)
    {
        var length = (int)Math.Min(ReadBytes, replica.Validator.SizeBytes);
        var startedAt = clock.GetTimestamp();
        var read = await source.ReadAsync(replica.Path, new ByteRange(0, length), replica.Validator, new ProbeSink(length, replica.Validator), cancel);
        result = result with { File = path.ToString() };
        return read.Error is { } error
            ? result with { Error = $"{path}: {error.Message}" }
            : result with { ReadBytes = length, ReadMilliseconds = clock.GetElapsedTime(startedAt).TotalMilliseconds };
    }

    /// <summary>The first file with bytes that the source has, breadth first: near the root, where a look costs little.</summary>
    private (VirtualPath Path, Replica Replica)? FindFile(SourceId source)
    {
        var pending = new Queue<(VirtualPath Path, DirectoryNode Node)>([(VirtualPath.Root, keeper.Current.Root)]);
        var looks = 0;
        while (pending.TryDequeue(out var at))
        {
            foreach (var entry in at.Node.Children)
            {
                if (++looks > MostLooks) return null;
                if (entry is DirectoryNode directory) pending.Enqueue((at.Path / entry.Name, directory));
                if (entry is not FileNode { Version: { SizeBytes: > 0 } version }) continue;
                if (version.Replicas.FirstOrDefault(replica => replica.Source == source) is { } replica) return (at.Path / entry.Name, replica);
            }
        }

        return null;
    }

    /// <summary>Takes bytes and forgets them.</summary>
    private sealed class ProbeSink(int length, Validator expected) : IRangeSink
    {
        private readonly byte[] _bytes = new byte[length];
        private int _filled;

        public Memory<byte> Next => _bytes.AsMemory(_filled);

        public bool Accept(Validator answer) => expected.Agrees(answer);

        public void Advance(int bytes) => _filled += bytes;
    }
}
