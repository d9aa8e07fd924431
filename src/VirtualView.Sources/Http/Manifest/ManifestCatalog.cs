using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>A server whose files are described by <c>virtualview-manifest.json</c>: one at the root, or one a directory.</summary>
internal sealed class ManifestCatalog(ManifestStore store, HttpValidators validators) : IHttpCatalog
{
    /// <summary>Whether there is a manifest at the root; an error when nobody can tell now, or when it is wrong.</summary>
    public async ValueTask<SourceOutcome<bool>> IsThereAsync(CancellationToken cancel)
    {
        var fetched = await store.FetchAsync(VirtualPath.Root, cancel).ConfigureAwait(false);
        if (fetched.IsOk) return true;
        return fetched.Error.Kind switch
        {
            SourceErrorKind.Unreachable or SourceErrorKind.TimedOut or SourceErrorKind.Throttled => fetched.Error,
            // Wrong, but meant: to go on without it would show other files than its writer wanted.
            SourceErrorKind.Invalid => fetched.Error,
            _ => false,
        };
    }

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        var fetched = await FetchForAsync(directory, cancel).ConfigureAwait(false);
        if (fetched is { IsOk: false, Error.Kind: SourceErrorKind.NotFound } && !directory.IsRoot)
        {
            // A file has no manifest below it.
            var stat = await StatAsync(directory, cancel).ConfigureAwait(false);
            if (stat is { IsOk: true, Value.Kind: EntryKind.File }) return WrongKind.NotDirectory(directory);
        }

        if (!fetched.IsOk) return fetched.Error;
        var (tree, at) = (fetched.Value.Tree, fetched.Value.Tree.CoversTree ? directory : VirtualPath.Root);
        if (tree.EntriesOf(at) is { } entries)
            return entries.Select(entry => entry.Value.Under(entry.Key, fetched.Value.ListedAt)).ToList();
        return tree.Find(at) is null ? NotFound(directory) : WrongKind.NotDirectory(directory);
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        var fetched = await FetchForAsync(path.Parent, cancel).ConfigureAwait(false);
        if (!fetched.IsOk) return fetched.Error;
        return Find(fetched.Value, path) is { } entry ? entry.Under(path.Name, fetched.Value.ListedAt) : NotFound(path);
    }

    public async ValueTask<SourceOutcome<HttpExpectation>> ExpectAsync(VirtualPath path, Validator version, CancellationToken cancel)
    {
        // What is already known does for a version that it describes; else the manifest may have changed.
        if (KnownFor(path.Parent) is { } known && Expect(known, path, version) is { IsOk: true } expected) return expected;
        var fetched = await FetchForAsync(path.Parent, cancel).ConfigureAwait(false);
        return fetched.IsOk ? Expect(fetched.Value, path, version) : fetched.Error;
    }

    private SourceOutcome<HttpExpectation> Expect(ManifestFetch fetched, VirtualPath path, Validator version)
    {
        if (Find(fetched, path) is not { } entry) return NotFound(path);
        if (entry.Kind != EntryKind.File) return WrongKind.NotFile(path);
        var described = entry.ValidatorAt(fetched.ListedAt);
        return VersionProof.FindObjection(version, described, $"{ManifestStore.FileName}: {path}") is { } objection
            ? objection
            : new HttpExpectation(version, entry.ETag, new ManifestValidators(entry, validators), entry.Sha256);
    }

    private ManifestFetch? KnownFor(VirtualPath directory) =>
        store.Known(VirtualPath.Root) is { } root ? root.Tree.CoversTree ? root : store.Known(directory) : null;

    private async ValueTask<SourceOutcome<ManifestFetch>> FetchForAsync(VirtualPath directory, CancellationToken cancel)
    {
        var root = await store.FetchAsync(VirtualPath.Root, cancel).ConfigureAwait(false);
        if (root is { IsOk: false, Error.Kind: SourceErrorKind.NotFound })
            return new SourceError(SourceErrorKind.Unsupported, $"there is no manifest any more ({root.Error.Message})");
        return !root.IsOk || root.Value.Tree.CoversTree || directory.IsRoot ? root : await store.FetchAsync(directory, cancel).ConfigureAwait(false);
    }

    private static ManifestEntry? Find(ManifestFetch fetched, VirtualPath path) =>
        fetched.Tree.Find(fetched.Tree.CoversTree || path.IsRoot ? path : VirtualPath.Of(path.Name));

    private static SourceError NotFound(VirtualPath path) =>
        new(SourceErrorKind.NotFound, $"{ManifestStore.FileName}: there is no {path}");
}
