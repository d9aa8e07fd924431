using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http.Listing;
using VirtualView.Sources.Http.Listing.Dav;
using VirtualView.Sources.Http.Manifest;

namespace VirtualView.Sources.Http;

/// <summary>Files of a web server that lists directories and answers ranges. See docs/sources.md for what it trusts.</summary>
public sealed class HttpSource : ISource
{
    private readonly HttpConnections _connections;
    private readonly HttpHeads _heads;
    private readonly HttpFiles _files;
    private readonly IHttpCatalog _catalog;
    private readonly RangeSupport _ranges;
    private readonly ILogger _log;

    /// <exception cref="ArgumentException">The options are not possible.</exception>
    public HttpSource(SourceId id, string name, HttpSourceOptions options, TimeProvider clock, ILogger log)
    {
        if (options.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));
        (Id, Name, _log) = (id, name, log);
        var address = new HttpAddress(options.Url);
        var validators = new HttpValidators(options.TrustETags, clock);
        _connections = new HttpConnections(options, address);
        _ranges = new RangeSupport(name, log);
        _heads = new HttpHeads(_connections, address, _ranges, clock);
        _files = new HttpFiles(_connections, address, validators, _heads, _ranges, options.SecondLook, clock);
        var page = new PageCatalog(_connections, address, _files, validators, options, clock);
        var dav = new DavCatalog(_connections, address, _files, validators, options.MaxListingBytes, clock);
        var manifest = new ManifestCatalog(new ManifestStore(_connections, address, validators, options.MaxListingBytes, clock), validators);
        _catalog = options.Listing switch
        {
            ListingKind.Auto => new DetectingCatalog(name, address, manifest, page, dav, log),
            ListingKind.WebDav => dav,
            ListingKind.Manifest => manifest,
            _ => page,
        };
    }

    public SourceId Id { get; }

    public string Name { get; }

    public string Kind => "Http";

    /// <summary>True once the server was seen to send whole files when asked for a range.</summary>
    public bool LacksRanges => _ranges.IsMissing;

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        var listing = await _catalog.ListAsync(directory, cancel).ConfigureAwait(false);
        if (listing.IsOk && listing.Value.FirstOrDefault(IsWorthProbing) is { } file)
            await _heads.ProbeRangesAsync(directory / file.Name, cancel).ConfigureAwait(false);
        return _log.Noting(Name, "list", directory, listing);
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) =>
        _log.Noting(Name, "stat", path, await _catalog.StatAsync(path, cancel).ConfigureAwait(false));

    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        var expectation = await _catalog.ExpectAsync(path, expected, cancel).ConfigureAwait(false);
        return _log.Noting(Name, "read", path, expectation.IsOk
            ? await _files.ReadAsync(path, range, expectation.Value, sink, cancel).ConfigureAwait(false)
            : expectation.Error);
    }

    public ValueTask DisposeAsync()
    {
        _connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsWorthProbing(SourceEntry entry) => entry is { Kind: EntryKind.File, Validator: null or { SizeBytes: > 1 } };
}
