using System.Net.Http.Headers;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>Makes validators of what a server says.</summary>
internal sealed class HttpValidators(bool trustETags, TimeProvider clock)
{
    /// <summary>Null when the answer carries neither ETag nor Last-Modified, and so proves nothing.</summary>
    public Validator? From(HttpResponseMessage answer, long sizeBytes)
    {
        var tag = TagOf(answer.Headers);
        UnixTime? modifiedAt = answer.Content.Headers.LastModified is { } time ? UnixTime.From(time) : null;
        if (tag is null && modifiedAt is null) return null;
        var strength = (tag, modifiedAt) switch
        {
            ({ } known, _) when trustETags && EntityTag.IsStrong(known, sizeBytes, modifiedAt) => ValidatorStrength.Strong,
            (_, { } known) => RacyWindow.StrengthOf(known, NowAt(answer)),
            _ => ValidatorStrength.Weak,
        };
        return new Validator(strength, sizeBytes, modifiedAt, tag);
    }

    /// <summary>The server's own clock, which its modification times come from; ours where it does not tell.</summary>
    public UnixTime NowAt(HttpResponseMessage answer) => UnixTime.From(answer.Headers.Date ?? clock.GetUtcNow());

    // Not through the parsed property: it drops tags without quotes, which some servers write.
    private static string? TagOf(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("ETag", out var values) && values.ToString().Trim() is { Length: > 0 } tag ? tag : null;
}
