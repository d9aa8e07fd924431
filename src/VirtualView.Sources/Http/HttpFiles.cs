using System.Net;
using System.Security.Cryptography;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>Single files of a server: what they are, and ranges of them.</summary>
internal sealed class HttpFiles(
    HttpConnections connections, HttpAddress address, HttpValidators validators, HttpHeads heads, RangeSupport ranges, SecondLook secondLook, TimeProvider clock)
{
    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) =>
        heads.StatAsync(path, validators, cancel);

    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, HttpExpectation expectation, IRangeSink sink, CancellationToken cancel)
    {
        // HTTP has no empty ranges.
        if (range.IsEmpty) return await CheckAsync(path, expectation.Version, expectation.Validators, cancel).ConfigureAwait(false);
        var file = address.OfFile(path);
        var what = $"GET {file}";
        var isHashed = !expectation.Sha256.IsEmpty && range.Length == expectation.Version.SizeBytes && range.Length <= HeldBytes.MostBytes;
        if (isHashed) expectation = expectation with { Validators = new AssumedValidators(expectation.Version) };
        var read = new HttpRangeRead(what, range, expectation);
        var sent = await connections.SendAsync(HttpMethod.Get, file, read.Prepare, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        var response = answer.Response;
        if (answer.Turn == SlashTurn.ToDirectory) return WrongKind.NotFile(path);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length != expectation.Version.SizeBytes)
            return new SourceError(SourceErrorKind.Changed, $"{what}: {range} is not within the file any more");
        if (response.StatusCode is not (HttpStatusCode.PartialContent or HttpStatusCode.OK))
            return HttpErrors.FromStatus(response, what, clock);

        var proof = read.Prove(response);
        if (response.StatusCode == HttpStatusCode.PartialContent) ranges.Are(true);
        else if (response.Content.Headers is { ContentEncoding.Count: 0, ContentLength: { } whole } && whole > range.Length) ranges.Are(false);
        if (!proof.IsOk) return proof;
        if (VersionProof.FindObjection(sink, proof.Value, what) is { } refused) return refused;
        var error = isHashed
            ? await HashAsync(read, answer, expectation, what, sink, cancel).ConfigureAwait(false)
            : await read.CopyAsync(response, sink, NeedsSecondLook(proof.Value) ? LookAsync : null, cancel).ConfigureAwait(false);
        return error is null ? proof : error;

        // Bytes that came before the file was seen unchanged are of the version, whatever happens to it afterwards.
        async ValueTask<SourceError?> LookAsync(CancellationToken stop) =>
            (await CheckAsync(path, proof.Value, expectation.Validators, stop).ConfigureAwait(false)).Error;
    }

    private bool NeedsSecondLook(Validator answered) => secondLook switch
    {
        SecondLook.Weak => answered.Strength != ValidatorStrength.Strong,
        SecondLook.Racy => answered.Strength == ValidatorStrength.Racy,
        _ => false,
    };

    private static async ValueTask<SourceError?> HashAsync(
        HttpRangeRead read, HttpAnswer answer, HttpExpectation expectation, string what, IRangeSink sink, CancellationToken cancel)
    {
        using var held = new HeldBytes((int)expectation.Version.SizeBytes);
        if (await read.CopyAsync(answer.Response, held, look: null, cancel).ConfigureAwait(false) is { } error) return error;
        if (!SHA256.HashData(held.Filled.Span).AsSpan().SequenceEqual(expectation.Sha256.Span))
            return new SourceError(SourceErrorKind.Changed, $"{what}: the bytes are not those of the SHA-256 in the manifest");
        held.HandTo(sink, cancel);
        return null;
    }

    private async ValueTask<SourceOutcome<Validator>> CheckAsync(
        VirtualPath path, Validator expected, IAnswerValidators reading, CancellationToken cancel)
    {
        var stat = await heads.StatAsync(path, reading, cancel).ConfigureAwait(false);
        if (!stat.IsOk) return stat.Error;
        if (stat.Value.Validator is not { } answered) return WrongKind.NotFile(path);
        return VersionProof.FindObjection(expected, answered, $"HEAD {address.OfFile(path)}") is { } objection ? objection : answered;
    }
}
