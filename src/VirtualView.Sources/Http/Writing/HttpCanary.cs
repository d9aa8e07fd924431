using System.Net;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Sources.Http.Listing.Dav;

namespace VirtualView.Sources.Http.Writing;

/// <summary>Finds out by requests that must fail what a server's word is worth, on two files in a directory of its own.</summary>
internal sealed class HttpCanary(DavRequests requests, DavCatalog catalog, HttpAddress address)
{
    private const string WrongTag = "\"virtualview-canary\"";

    private static readonly UnixTime LongAgo = UnixTime.FromSeconds(1_000_000_000);

    private readonly VirtualPath _folder = VirtualPath.Of(NewName());
    private readonly PathName _first = NewName();
    private readonly PathName _second = NewName();

    private Uri First => address.OfFile(_folder / _first);

    private Uri Second => address.OfFile(_folder / _second);

    public async ValueTask<WriteOutcome<TargetAbilities>> ProveAsync(CancellationToken cancel)
    {
        try
        {
            return await TryAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            // Also when the caller has given up meanwhile: nobody else knows the name.
            await requests.DeleteAsync(address.OfDirectory(_folder), null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask<WriteOutcome<TargetAbilities>> TryAsync(CancellationToken cancel)
    {
        var made = await requests.MakeCollectionAsync(address.OfDirectory(_folder), cancel).ConfigureAwait(false);
        if (!made.IsOk) return made.Error;
        if (!made.Value.IsDone) return DavErrors.FromStatus(made.Value);
        foreach (var place in new[] { First, Second })
        {
            if (await PutAsync(place, cancel).ConfigureAwait(false) is { } error) return error;
        }

        var taken = await requests.MoveAsync(First, Second, replaces: false, null, cancel).ConfigureAwait(false);
        if (!taken.IsOk) return taken.Error;
        if (taken.Value.IsDone) return Unsafe("MOVE with Overwrite: F replaced a file");
        if (taken.Value.Status != HttpStatusCode.PreconditionFailed) return DavErrors.FromStatus(taken.Value);

        var looked = await catalog.LookAsync(_folder / _first, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return WriteError.OfLooking(looked.Error);
        if (looked.Value is not { } seen) return Unsafe("what was put is not there");
        var listed = await catalog.ListAllAsync(_folder, cancel).ConfigureAwait(false);
        if (!listed.IsOk) return WriteError.OfLooking(listed.Error);
        var honours = await HonoursConditionsAsync(cancel).ConfigureAwait(false);
        if (!honours.IsOk) return honours.Error;
        if (!honours.Value)
        {
            var locks = await HonoursLocksAsync(cancel).ConfigureAwait(false);
            if (!locks.IsOk) return locks.Error;
            if (!locks.Value) return Unsafe("it honours neither conditions (If) nor locks (LOCK); with nginx add dav_ext_lock_zone, dav_ext_lock and the methods LOCK and UNLOCK");
        }

        return new TargetAbilities
        {
            Proof = honours.Value ? ConditionProof.Conditions : ConditionProof.Locks,
            KeepsModifiedAt = seen.Validator?.ModifiedAt == LongAgo,
            ListsHiddenNames = listed.Value.Staged.Contains(_first),
            KeepsLineage = await KeepsLineageAsync(cancel).ConfigureAwait(false),
        };
    }

    /// <summary>Refuses what must be refused, and does what may be done: a server that refuses everything proves nothing.</summary>
    private async ValueTask<WriteOutcome<bool>> HonoursConditionsAsync(CancellationToken cancel)
    {
        var put = await requests.PutAsync(
            Second, Content, LongAgo, request => request.Headers.TryAddWithoutValidation("If-None-Match", "*"), cancel).ConfigureAwait(false);
        if (!put.IsOk) return put.Error;
        if (put.Value.Status != HttpStatusCode.PreconditionFailed) return false;
        var replaced = await requests.MoveAsync(First, Second, replaces: true, DavCondition.HasTag(Second, WrongTag), cancel).ConfigureAwait(false);
        if (!replaced.IsOk) return replaced.Error;
        if (replaced.Value.Status is not (HttpStatusCode.PreconditionFailed or HttpStatusCode.FailedDependency)) return await AgainAsync(false, cancel).ConfigureAwait(false);
        var looked = await catalog.LookAsync(_folder / _second, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return WriteError.OfLooking(looked.Error);
        if (looked.Value?.Tag is not { } tag) return false;
        var right = await requests.MoveAsync(First, Second, replaces: true, DavCondition.HasTag(Second, tag), cancel).ConfigureAwait(false);
        if (!right.IsOk) return right.Error;
        return await AgainAsync(right.Value.IsDone, cancel).ConfigureAwait(false);
    }

    private async ValueTask<WriteOutcome<bool>> HonoursLocksAsync(CancellationToken cancel)
    {
        var locked = await requests.LockAsync(Second, cancel).ConfigureAwait(false);
        if (!locked.IsOk) return locked.Error;
        if (!locked.Value.IsDone || locked.Value.LockToken is not { } token) return false;
        var without = await requests.MoveAsync(First, Second, replaces: true, null, cancel).ConfigureAwait(false);
        var with = without is { IsOk: true, Value.Status: HttpStatusCode.Locked }
            ? await requests.MoveAsync(First, Second, replaces: true, DavCondition.HasLock(Second, token), cancel).ConfigureAwait(false)
            : without;
        await requests.UnlockAsync(Second, token, CancellationToken.None).ConfigureAwait(false);
        if (!with.IsOk) return with.Error;
        return await AgainAsync(without.Value.Status == HttpStatusCode.Locked && with.Value.IsDone, cancel).ConfigureAwait(false);
    }

    private async ValueTask<bool> KeepsLineageAsync(CancellationToken cancel)
    {
        var lineage = new UploadLineage(new UploadId(Guid.NewGuid()), null, LongAgo);
        var marked = await requests.MarkAsync(First, lineage, cancel).ConfigureAwait(false);
        if (!marked.IsOk) return false;
        var looked = await catalog.LookAsync(_folder / _first, cancel).ConfigureAwait(false);
        return looked is { IsOk: true, Value.Lineage: { } kept } && kept == lineage.ToString();
    }

    // The first has become the second.
    private async ValueTask<WriteOutcome<bool>> AgainAsync(bool verdict, CancellationToken cancel) =>
        await PutAsync(First, cancel).ConfigureAwait(false) is { } error ? error : verdict;

    private async ValueTask<WriteError?> PutAsync(Uri place, CancellationToken cancel)
    {
        var put = await requests.PutAsync(place, Content, LongAgo, null, cancel).ConfigureAwait(false);
        if (!put.IsOk) return put.Error;
        return put.Value.IsDone ? null : DavErrors.FromStatus(put.Value);
    }

    private static WriteError Unsafe(string what) => new(
        WriteErrorKind.Unsupported, $"the server cannot be written to safely, so what others write could be lost: {what}");

    private static PathName NewName() => StagingName.Of(default, new UploadId(Guid.NewGuid()));

    private static CanaryContent Content { get; } = new();

    private sealed class CanaryContent : IUploadContent
    {
        public long SizeBytes => 6;

        public ValueTask<ReadOutcome> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel)
        {
            "canary"u8.Slice((int)offset, into.Length).CopyTo(into.Span);
            return new(ReadOutcome.Read(into.Length));
        }
    }
}
