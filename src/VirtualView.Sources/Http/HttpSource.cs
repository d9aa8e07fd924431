using System.Net;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http.Listing;

namespace VirtualView.Sources.Http;

/// <summary>Files of a web server that lists directories and answers ranges. See docs/sources.md for what it trusts.</summary>
public sealed class HttpSource : ISource
{
    private readonly HttpAddress _address;
    private readonly HttpConnections _connections;
    private readonly HttpValidators _validators;
    private readonly HttpSourceOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <exception cref="ArgumentException">The options are not possible.</exception>
    public HttpSource(SourceId id, string name, HttpSourceOptions options, TimeProvider clock, ILogger log)
    {
        if (options.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));
        (Id, Name, _options, _clock, _log) = (id, name, options, clock, log);
        _address = new HttpAddress(options.Url);
        _connections = new HttpConnections(options, _address);
        _validators = new HttpValidators(options.TrustETags, clock);
    }

    public SourceId Id { get; }

    public string Name { get; }

    public string Kind => "Http";

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel) =>
        _log.Noting(Name, "list", directory, await GetListingAsync(directory, cancel).ConfigureAwait(false));

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) =>
        _log.Noting(Name, "stat", path, await HeadAsync(path, cancel).ConfigureAwait(false));

    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        // HTTP has no empty ranges.
        var outcome = range.IsEmpty
            ? await CheckAsync(path, expected, cancel).ConfigureAwait(false)
            : await GetRangeAsync(path, range, expected, sink, cancel).ConfigureAwait(false);
        return _log.Noting(Name, "read", path, outcome);
    }

    public ValueTask DisposeAsync()
    {
        _connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> GetListingAsync(VirtualPath directory, CancellationToken cancel)
    {
        var address = _address.OfDirectory(directory);
        var sent = await _connections.SendAsync(HttpMethod.Get, address, AcceptListing, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        if (answer.Turn == SlashTurn.ToFile) return NotDirectory(directory);
        if (answer.Response.StatusCode == HttpStatusCode.NotFound && !directory.IsRoot)
        {
            // nginx says the same of a file asked for as a directory.
            var stat = await HeadAsync(directory, cancel).ConfigureAwait(false);
            if (stat is { IsOk: true, Value.Kind: EntryKind.File }) return NotDirectory(directory);
        }

        return answer.Response.StatusCode == HttpStatusCode.OK
            ? await new ListingReader($"GET {address}", _validators, _options.MaxListingBytes).ReadAsync(answer.Response, cancel).ConfigureAwait(false)
            : HttpErrors.FromStatus(answer.Response, $"GET {address}", _clock);
    }

    private async ValueTask<SourceOutcome<SourceEntry>> HeadAsync(VirtualPath path, CancellationToken cancel)
    {
        var address = path.IsRoot ? _address.OfDirectory(path) : _address.OfFile(path);
        var sent = await _connections.SendAsync(HttpMethod.Head, address, null, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        if (answer.Turn == SlashTurn.ToDirectory) return new SourceEntry(path.Name, EntryKind.Directory);
        if (answer.Response.StatusCode != HttpStatusCode.OK) return HttpErrors.FromStatus(answer.Response, $"HEAD {address}", _clock);
        return path.IsRoot ? new SourceEntry(path.Name, EntryKind.Directory) : FileEntry(path, answer.Response, $"HEAD {address}");
    }

    private SourceOutcome<SourceEntry> FileEntry(VirtualPath path, HttpResponseMessage answer, string what)
    {
        if (answer.Headers.AcceptRanges.Contains("none"))
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server does not give parts of a file (Accept-Ranges: none)");
        if (answer.Content.Headers.ContentEncoding.Count > 0)
            return new SourceError(SourceErrorKind.Invalid, $"{what}: the body is encoded although that was refused");
        if (answer.Content.Headers.ContentLength is not { } sizeBytes)
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server does not tell the size of the file (Content-Length)");
        if (_validators.From(answer, sizeBytes) is not { } validator)
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server gives neither ETag nor Last-Modified, so versions cannot be told apart");
        return new SourceEntry(path.Name, EntryKind.File, validator);
    }

    private async ValueTask<SourceOutcome<Validator>> CheckAsync(VirtualPath path, Validator expected, CancellationToken cancel)
    {
        var stat = await HeadAsync(path, cancel).ConfigureAwait(false);
        if (!stat.IsOk) return stat.Error;
        if (stat.Value.Validator is not { } answered) return NotFile(path);
        return VersionProof.FindObjection(expected, answered, $"HEAD {_address.OfFile(path)}") is { } objection ? objection : answered;
    }

    private async ValueTask<SourceOutcome<Validator>> GetRangeAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        var address = _address.OfFile(path);
        var read = new HttpRangeRead($"GET {address}", range, expected, _validators);
        var sent = await _connections.SendAsync(HttpMethod.Get, address, read.Prepare, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        var response = answer.Response;
        if (answer.Turn == SlashTurn.ToDirectory) return NotFile(path);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length != expected.SizeBytes)
            return new SourceError(SourceErrorKind.Changed, $"GET {address}: {range} is not within the file any more");
        if (response.StatusCode is not (HttpStatusCode.PartialContent or HttpStatusCode.OK))
            return HttpErrors.FromStatus(response, $"GET {address}", _clock);

        var proof = read.Prove(response);
        if (!proof.IsOk) return proof;
        if (VersionProof.FindObjection(sink, proof.Value, $"GET {address}") is { } refused) return refused;
        return await read.CopyAsync(response, sink, cancel).ConfigureAwait(false) is { } error ? error : proof;
    }

    private static void AcceptListing(HttpRequestMessage request) =>
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/html;q=0.9, */*;q=0.1");

    private static SourceError NotDirectory(VirtualPath path) => new(SourceErrorKind.WrongKind, $"{path} is a file, not a directory");

    private static SourceError NotFile(VirtualPath path) => new(SourceErrorKind.WrongKind, $"{path} is a directory, not a file");
}
