using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http.Listing.Dav;

namespace VirtualView.Sources.Http.Writing;

/// <summary>
/// A WebDAV server as a target. What is uploaded lies under a staging name first; a MOVE shows it, under a condition or a
/// lock, whichever the server was proven to honour. See docs/write-back.md for what real servers do.
/// </summary>
public sealed class HttpTarget : IWriteTarget, IDisposable
{
    private readonly HttpTargetOptions _options;
    private readonly HttpConnections _connections;
    private readonly HttpAddress _address;
    private readonly DavCatalog _catalog;
    private readonly DavRequests _requests;

    // Swapped whole. Null until the canary was there.
    private volatile TargetAbilities? _abilities;

    /// <exception cref="ArgumentException">The options are not possible.</exception>
    public HttpTarget(SourceId id, string name, HttpTargetOptions options, TimeProvider clock, ILogger log)
    {
        if (options.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));
        (Id, Name, _options) = (id, name, options);
        var source = options.Source;
        _address = new HttpAddress(source.Url);
        var validators = new HttpValidators(source.TrustETags, clock);
        _connections = new HttpConnections(source, _address);
        var ranges = new RangeSupport(name, log);
        var heads = new HttpHeads(_connections, _address, ranges, clock);
        var files = new HttpFiles(_connections, _address, validators, heads, ranges, source.SecondLook, clock);
        _catalog = new DavCatalog(_connections, _address, files, validators, source.MaxListingBytes, clock);
        _requests = new DavRequests(_connections, options.LockTime, clock);
    }

    public SourceId Id { get; }

    public string Name { get; }

    public async ValueTask<WriteOutcome<TargetAbilities>> ProveAsync(CancellationToken cancel)
    {
        var proven = await new HttpCanary(_requests, _catalog, _address).ProveAsync(cancel).ConfigureAwait(false);
        if (!proven.IsOk) return proven;
        return _abilities = proven.Value with
        {
            MostBytesAtOnce = proven.Value.Proof == ConditionProof.Conditions ? _options.MostBytesAtOnce : 0,
            MostUploads = _options.Source.MaxConnections,
        };
    }

    public async ValueTask<WriteOutcome<TargetEntry?>> LookAsync(VirtualPath path, CancellationToken cancel)
    {
        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        return looked.IsOk ? looked.Value.Entry : looked.Error;
    }

    public async ValueTask<WriteOutcome<StagedUpload>> StageAsync(Upload upload, CancellationToken cancel)
    {
        var path = StagingName.For(upload);
        var place = _address.OfFile(path);
        var put = await _requests.PutAsync(place, upload.Content, upload.ModifiedAt, null, cancel).ConfigureAwait(false);
        if ((put.Error ?? Refusal(put.Value)) is { } error) return await ExplainAsync(upload, error, cancel).ConfigureAwait(false);
        if (upload.Lineage is { } lineage && _abilities is not { KeepsLineage: false })
        {
            var marked = await _requests.MarkAsync(place, lineage, cancel).ConfigureAwait(false);
            if (!marked.IsOk) return marked.Error;
        }

        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return looked.Error;
        return looked.Value.Found?.Validator is { } validator && validator.SizeBytes == upload.Content.SizeBytes
            ? new StagedUpload(path.Name.ToString(), validator, upload.Content.SizeBytes)
            : new WriteError(WriteErrorKind.Invalid, $"PUT {place}: the server said yes and has {looked.Value.Found?.Validator?.ToString() ?? "nothing"}");
    }

    public async ValueTask<WriteOutcome<TargetEntry>> CommitAsync(
        Upload upload, StagedUpload staged, TargetCondition condition, CancellationToken cancel)
    {
        var moved = await MoveAsync(new DavPlace(StagingName.For(upload), null), upload.Path, condition, cancel).ConfigureAwait(false);
        return moved.IsOk ? await ShownAsync(upload.Path, staged.Validator, cancel).ConfigureAwait(false) : moved.Error;
    }

    public async ValueTask<WriteOutcome<TargetEntry>> PutAsync(Upload upload, TargetCondition condition, CancellationToken cancel)
    {
        var abilities = await AbilitiesAsync(cancel).ConfigureAwait(false);
        if (!abilities.IsOk) return abilities.Error;
        var isOne = upload.Content.SizeBytes <= abilities.Value.MostBytesAtOnce && (upload.Lineage is null || !abilities.Value.KeepsLineage);
        if (isOne) return await PutInOneAsync(upload, condition, cancel).ConfigureAwait(false);
        var staged = await StageAsync(upload, cancel).ConfigureAwait(false);
        if (!staged.IsOk) return staged.Error;
        var committed = await CommitAsync(upload, staged.Value, condition, cancel).ConfigureAwait(false);
        if (committed.Error is { Kind: not WriteErrorKind.Uncertain }) await DropAsync(upload, cancel).ConfigureAwait(false);
        return committed;
    }

    public async ValueTask<WriteOutcome<TargetEntry>> MakeDirectoryAsync(VirtualPath path, CancellationToken cancel)
    {
        var made = await _requests.MakeCollectionAsync(_address.OfDirectory(path), cancel).ConfigureAwait(false);
        if (!made.IsOk) return made.Error;
        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return looked.Error;
        if (made.Value.IsDone) return looked.Value.Entry ?? (WriteOutcome<TargetEntry>)DavErrors.FromStatus(made.Value);
        return looked.Value.Objection(TargetCondition.Absent) ?? DavErrors.FromStatus(made.Value);
    }

    public async ValueTask<WriteOutcome<TargetEntry>> RenameAsync(
        VirtualPath from, Validator? expected, VirtualPath to, TargetCondition condition, CancellationToken cancel)
    {
        var looked = await FindExpectedAsync(from, expected, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return looked.Error;
        var moved = await MoveAsync(looked.Value, to, condition, cancel).ConfigureAwait(false);
        return moved.IsOk ? await ShownAsync(to, expected, cancel).ConfigureAwait(false) : moved.Error;
    }

    public async ValueTask<WriteOutcome<bool>> DeleteAsync(VirtualPath path, Validator? expected, CancellationToken cancel)
    {
        var looked = await FindExpectedAsync(path, expected, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return looked.Error;
        if (expected is not { } version) return await DeleteEmptyAsync(path, cancel).ConfigureAwait(false);
        var place = _address.OfFile(path);
        return await UnderConditionAsync(
            path,
            TargetCondition.Is(version),
            async lockedOrTagged => ToDone(await _requests.DeleteAsync(place, lockedOrTagged, cancel).ConfigureAwait(false)),
            cancel).ConfigureAwait(false);
    }

    public async ValueTask<WriteOutcome<bool>> DropAsync(Upload upload, CancellationToken cancel)
    {
        var deleted = ToDone(await _requests.DeleteAsync(_address.OfFile(StagingName.For(upload)), null, cancel).ConfigureAwait(false));
        return deleted.Error?.Kind == WriteErrorKind.NotFound ? false : deleted;
    }

    public async ValueTask<WriteOutcome<int>> ClearAsync(
        VirtualPath directory, WriterId writer, IReadOnlySet<UploadId> alive, CancellationToken cancel)
    {
        var listed = await _catalog.ListAllAsync(directory, cancel).ConfigureAwait(false);
        if (!listed.IsOk) return WriteError.OfLooking(listed.Error);
        var removed = 0;
        foreach (var name in listed.Value.Staged)
        {
            if (!StagingName.TryParse(name, out var who, out var upload) || who != writer || alive.Contains(upload)) continue;
            var deleted = await _requests.DeleteAsync(_address.OfFile(directory / name), null, cancel).ConfigureAwait(false);
            if (!deleted.IsOk) return deleted.Error;
            if (deleted.Value.IsDone) removed++;
        }

        return removed;
    }

    public void Dispose() => _connections.Dispose();

    private async ValueTask<WriteOutcome<TargetEntry>> PutInOneAsync(Upload upload, TargetCondition condition, CancellationToken cancel)
    {
        var put = await UnderConditionAsync(
            upload.Path,
            condition,
            async tagged => ToDone(await _requests.PutAsync(_address.OfFile(upload.Path), upload.Content, upload.ModifiedAt, request =>
            {
                if (tagged is null) request.Headers.TryAddWithoutValidation("If-None-Match", "*");
                else request.Headers.TryAddWithoutValidation("If", tagged);
            }, cancel).ConfigureAwait(false)),
            cancel).ConfigureAwait(false);
        if (!put.IsOk) return put.Error;
        var looked = await FindAsync(upload.Path, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return looked.Error with { Kind = WriteErrorKind.Uncertain };
        return looked.Value.Entry is { Entry.Validator: { } shown } entry && shown.SizeBytes == upload.Content.SizeBytes
            ? entry
            : NotAsSent(upload.Path);
    }

    /// <param name="from">Under a condition too, if it was looked at.</param>
    private async ValueTask<WriteOutcome<bool>> MoveAsync(DavPlace from, VirtualPath to, TargetCondition condition, CancellationToken cancel)
    {
        var isDirectory = from.Found is { IsCollection: true };
        var (source, destination) = isDirectory
            ? (_address.OfDirectory(from.Path), _address.OfDirectory(to))
            : (_address.OfFile(from.Path), _address.OfFile(to));
        var abilities = await AbilitiesAsync(cancel).ConfigureAwait(false);
        if (!abilities.IsOk) return abilities.Error;
        var ofSource = abilities.Value.Proof == ConditionProof.Conditions && from.Found is { IsCollection: false, Tag: { } tag }
            ? DavCondition.HasTag(source, tag)
            : null;
        var moved = await UnderConditionAsync(
            to,
            condition,
            async ofDestination => ToDone(await _requests.MoveAsync(
                source, destination, condition.Version is not null, Join(ofSource, ofDestination), cancel).ConfigureAwait(false)),
            cancel).ConfigureAwait(false);
        if (moved.Error?.Kind is not (WriteErrorKind.NotFound or WriteErrorKind.Changed)) return moved;
        // Whose fault it was the server does not tell.
        var stays = await FindAsync(from.Path, cancel).ConfigureAwait(false);
        if (!stays.IsOk) return moved;
        if (stays.Value.Found is null) return new WriteError(WriteErrorKind.NotFound, $"{from.Path} is not there any more");
        return from.Found?.Validator is { } version && stays.Value.Objection(TargetCondition.Is(version)) is { } changed ? changed : moved;
    }

    /// <summary>Changes a path while the condition holds for it: the <c>If</c> header says so, with a tag or a lock.</summary>
    private async ValueTask<WriteOutcome<bool>> UnderConditionAsync(
        VirtualPath path, TargetCondition condition, Func<string?, ValueTask<WriteOutcome<bool>>> change, CancellationToken cancel)
    {
        var abilities = await AbilitiesAsync(cancel).ConfigureAwait(false);
        if (!abilities.IsOk) return abilities.Error;
        if (condition.Version is null) return await WhyAsync(path, condition, await change(null).ConfigureAwait(false), cancel).ConfigureAwait(false);
        if (abilities.Value.Proof == ConditionProof.Locks) return await LockedAsync(path, condition, change, cancel).ConfigureAwait(false);
        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        if ((looked.Error ?? looked.Value.Objection(condition)) is { } objection) return objection;
        if (looked.Value.Found?.Tag is not { } tag)
            return new WriteError(WriteErrorKind.Unsupported, $"{path}: the server tells no ETag, so nothing can be replaced safely");
        var tagged = DavCondition.HasTag(_address.OfFile(path), tag);
        return await WhyAsync(path, condition, await change(tagged).ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    private async ValueTask<WriteOutcome<bool>> LockedAsync(
        VirtualPath path, TargetCondition condition, Func<string?, ValueTask<WriteOutcome<bool>>> change, CancellationToken cancel)
    {
        // A lock on what is not there would make an empty file at some servers.
        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        if ((looked.Error ?? looked.Value.Objection(condition)) is { } objection) return objection;
        var place = _address.OfFile(path);
        var locked = await _requests.LockAsync(place, cancel).ConfigureAwait(false);
        if ((locked.Error ?? Refusal(locked.Value)) is { } refused) return refused;
        if (locked.Value.LockToken is not { } token) return new WriteError(WriteErrorKind.Invalid, $"{locked.Value.What}: a lock without its token");
        try
        {
            var again = await FindAsync(path, cancel).ConfigureAwait(false);
            if ((again.Error ?? again.Value.Objection(condition)) is { } late) return late;
            return await WhyAsync(path, condition, await change(DavCondition.HasLock(place, token)).ConfigureAwait(false), cancel).ConfigureAwait(false);
        }
        finally
        {
            // What fails here ends by itself.
            await _requests.UnlockAsync(place, token, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Says what is there instead, where a change was refused.</summary>
    private async ValueTask<WriteOutcome<bool>> WhyAsync(
        VirtualPath path, TargetCondition condition, WriteOutcome<bool> done, CancellationToken cancel)
    {
        if (done.Error?.Kind is not (WriteErrorKind.Changed or WriteErrorKind.NotFound or WriteErrorKind.Unsupported)) return done;
        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        return looked.IsOk && looked.Value.Objection(condition) is { } objection ? objection : done;
    }

    // The server would delete it with all that is in it. So it is out of the way before it goes, and looked into again.
    private async ValueTask<WriteOutcome<bool>> DeleteEmptyAsync(VirtualPath path, CancellationToken cancel)
    {
        var abilities = await AbilitiesAsync(cancel).ConfigureAwait(false);
        if (!abilities.IsOk) return abilities.Error;
        if (!abilities.Value.ListsHiddenNames)
            return new WriteError(WriteErrorKind.Unsupported, $"{path}: the server lists no names that begin with a dot and removes directories with all that is in them, so it is left there");
        if (await ContentOfAsync(path, path, cancel).ConfigureAwait(false) is { } full) return full;
        var aside = path.Parent / StagingName.Of(default, new UploadId(Guid.NewGuid()));
        var (place, away) = (_address.OfDirectory(path), _address.OfDirectory(aside));
        var moved = ToDone(await _requests.MoveAsync(place, away, replaces: false, null, cancel).ConfigureAwait(false));
        if (!moved.IsOk) return moved;
        if (await ContentOfAsync(aside, path, cancel).ConfigureAwait(false) is { } late)
        {
            var back = ToDone(await _requests.MoveAsync(away, place, replaces: false, null, CancellationToken.None).ConfigureAwait(false));
            return back.IsOk ? late : new WriteError(WriteErrorKind.Displaced, $"{path} was not empty any more, and is now {aside}", KeptAs: aside.Name);
        }

        return ToDone(await _requests.DeleteAsync(away, null, cancel).ConfigureAwait(false));
    }

    private async ValueTask<WriteError?> ContentOfAsync(VirtualPath directory, VirtualPath shown, CancellationToken cancel)
    {
        var listed = await _catalog.ListAllAsync(directory, cancel).ConfigureAwait(false);
        if (!listed.IsOk) return WriteError.OfLooking(listed.Error);
        return listed.Value.Entries.Count + listed.Value.Staged.Count == 0
            ? null
            : new WriteError(WriteErrorKind.NotEmpty, $"{shown} is not empty");
    }

    private async ValueTask<WriteOutcome<DavPlace>> FindExpectedAsync(VirtualPath path, Validator? expected, CancellationToken cancel)
    {
        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return looked;
        if (looked.Value.Found is not { } found) return new WriteError(WriteErrorKind.NotFound, $"{path} is not there");
        if (expected is { } version) return looked.Value.Objection(TargetCondition.Is(version)) is { } objection ? objection : looked;
        return found.IsCollection ? looked : new WriteError(WriteErrorKind.WrongKind, $"{path} is no directory any more");
    }

    private async ValueTask<WriteOutcome<DavPlace>> FindAsync(VirtualPath path, CancellationToken cancel)
    {
        var looked = await _catalog.LookAsync(path, cancel).ConfigureAwait(false);
        return looked.IsOk ? new DavPlace(path, looked.Value) : WriteError.OfLooking(looked.Error);
    }

    /// <summary>What is there after a change that the server says it has made.</summary>
    private async ValueTask<WriteOutcome<TargetEntry>> ShownAsync(VirtualPath path, Validator? expected, CancellationToken cancel)
    {
        var looked = await FindAsync(path, cancel).ConfigureAwait(false);
        if (!looked.IsOk) return looked.Error with { Kind = WriteErrorKind.Uncertain };
        if (looked.Value.Entry is not { } entry) return NotAsSent(path);
        return expected is not { } version || (entry.Entry.Validator is { } shown && version.Agrees(shown)) ? entry : NotAsSent(path);
    }

    // A stage that failed at a server that does not say why: nginx answers 500 when the directory is missing.
    private async ValueTask<WriteError> ExplainAsync(Upload upload, WriteError error, CancellationToken cancel)
    {
        if (error.Kind == WriteErrorKind.Uncertain)
        {
            var parent = await FindAsync(upload.Path.Parent, cancel).ConfigureAwait(false);
            if (parent is { IsOk: true, Value.Found: null }) return new WriteError(WriteErrorKind.NotFound, $"{upload.Path.Parent} is not there");
        }

        // Nobody sees what was staged: sending it again is harmless.
        return error.Kind == WriteErrorKind.Uncertain ? error with { Kind = WriteErrorKind.Unreachable } : error;
    }

    private async ValueTask<WriteOutcome<TargetAbilities>> AbilitiesAsync(CancellationToken cancel) =>
        _abilities ?? await ProveAsync(cancel).ConfigureAwait(false);

    private static WriteOutcome<bool> ToDone(WriteOutcome<DavReply> reply) =>
        (reply.Error ?? Refusal(reply.Value)) is { } error ? error : true;

    private static WriteError? Refusal(DavReply reply) => reply.IsDone ? null : DavErrors.FromStatus(reply);

    private static string? Join(string? first, string? second) =>
        first is null || second is null ? first ?? second : $"{first} {second}";

    private static WriteError NotAsSent(VirtualPath path) =>
        new(WriteErrorKind.Uncertain, $"{path}: the server said yes, and something else is there; it may have lied, or somebody else was there at once");
}
