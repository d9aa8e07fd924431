using System.Collections.Concurrent;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>
/// Any target, gone wrong as the test says: <see cref="Choose"/> is asked for each call. Time passes only on the given
/// clock, nothing here is random, and it goes on wherever it was called from: so under a simulator a history replays.
/// </summary>
public sealed class FaultyTarget(IWriteTarget inner, TimeProvider clock) : IWriteTarget
{
    private readonly ConcurrentQueue<TargetCall> _calls = new();
    private int _count;

    public SourceId Id => inner.Id;

    public string Name => inner.Name;

    /// <summary>Decides what goes wrong in a call. Replaced at any time.</summary>
    public Func<TargetCall, TargetFault> Choose { get; set; } = static _ => TargetFault.None;

    /// <summary>All calls so far, in the order in which they came.</summary>
    public IReadOnlyCollection<TargetCall> Calls => _calls;

    public ValueTask<WriteOutcome<TargetAbilities>> ProveAsync(CancellationToken cancel) =>
        CallAsync(TargetOperation.Prove, VirtualPath.Root, _ => inner.ProveAsync(cancel), cancel);

    public ValueTask<WriteOutcome<TargetEntry?>> LookAsync(VirtualPath path, CancellationToken cancel) =>
        CallAsync(TargetOperation.Look, path, _ => inner.LookAsync(path, cancel), cancel);

    public ValueTask<WriteOutcome<StagedUpload>> StageAsync(Upload upload, CancellationToken cancel) =>
        CallAsync(TargetOperation.Stage, upload.Path, async fault => Cut(fault, await inner.StageAsync(Cut(fault, upload), cancel)), cancel);

    public ValueTask<WriteOutcome<TargetEntry>> CommitAsync(
        Upload upload, StagedUpload staged, TargetCondition condition, CancellationToken cancel) =>
        CallAsync(
            TargetOperation.Commit,
            upload.Path,
            fault => fault.OnlySaysSo
                ? new(new TargetEntry(new SourceEntry(upload.Path.Name, EntryKind.File, staged.Validator), upload.Lineage))
                : inner.CommitAsync(upload, staged, condition, cancel),
            cancel);

    public ValueTask<WriteOutcome<TargetEntry>> PutAsync(Upload upload, TargetCondition condition, CancellationToken cancel) =>
        CallAsync(
            TargetOperation.Put, upload.Path, async fault => Cut(fault, await inner.PutAsync(Cut(fault, upload), condition, cancel)), cancel);

    public ValueTask<WriteOutcome<TargetEntry>> MakeDirectoryAsync(VirtualPath path, CancellationToken cancel) =>
        CallAsync(TargetOperation.MakeDirectory, path, _ => inner.MakeDirectoryAsync(path, cancel), cancel);

    public ValueTask<WriteOutcome<TargetEntry>> RenameAsync(
        VirtualPath from, Validator? expected, VirtualPath to, TargetCondition condition, CancellationToken cancel) =>
        CallAsync(TargetOperation.Rename, from, _ => inner.RenameAsync(from, expected, to, condition, cancel), cancel);

    public ValueTask<WriteOutcome<bool>> DeleteAsync(VirtualPath path, Validator? expected, CancellationToken cancel) =>
        CallAsync(TargetOperation.Delete, path, fault => fault.OnlySaysSo ? new(true) : inner.DeleteAsync(path, expected, cancel), cancel);

    public ValueTask<WriteOutcome<bool>> DropAsync(Upload upload, CancellationToken cancel) =>
        CallAsync(TargetOperation.Drop, upload.Path, _ => inner.DropAsync(upload, cancel), cancel);

    public ValueTask<WriteOutcome<int>> ClearAsync(
        VirtualPath directory, WriterId writer, IReadOnlySet<UploadId> alive, CancellationToken cancel) =>
        CallAsync(TargetOperation.Clear, directory, _ => inner.ClearAsync(directory, writer, alive, cancel), cancel);

    private async ValueTask<WriteOutcome<T>> CallAsync<T>(
        TargetOperation operation, VirtualPath path, Func<TargetFault, ValueTask<WriteOutcome<T>>> call, CancellationToken cancel)
    {
        var made = new TargetCall(Interlocked.Increment(ref _count) - 1, operation, path);
        _calls.Enqueue(made);
        var fault = Choose(made);
        if (fault.Latency > TimeSpan.Zero) await Task.Delay(fault.Latency, clock, cancel);
        fault.Before?.Invoke();
        if (fault.Hangs && !fault.LosesAnswer) await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
        if (fault.Error is { } error) return error;
        var outcome = await call(fault);
        fault.After?.Invoke();
        if (fault.Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancel);
        return fault.LosesAnswer ? new WriteError(WriteErrorKind.Uncertain, $"{operation} {path}: the answer was lost") : outcome;
    }

    private static Upload Cut(TargetFault fault, Upload upload) =>
        fault.CutsAfterBytes is { } bytes ? upload with { Content = new CutContent(upload.Content, bytes) } : upload;

    private static WriteOutcome<T> Cut<T>(TargetFault fault, WriteOutcome<T> outcome) =>
        fault.CutsAfterBytes is not null && outcome.Error is { Kind: WriteErrorKind.ContentLost }
            ? new WriteError(WriteErrorKind.Unreachable, "the connection was cut")
            : outcome;
}
