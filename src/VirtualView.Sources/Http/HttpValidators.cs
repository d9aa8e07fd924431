using System.Net.Http.Headers;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>Makes validators of what a server says.</summary>
internal sealed class HttpValidators(bool trustETags, TimeProvider clock) : IAnswerValidators
{
    public Validator? From(HttpResponseMessage answer, long sizeBytes) =>
        From(TagOf(answer.Headers), answer.Content.Headers.LastModified is { } time ? UnixTime.From(time) : null, sizeBytes, NowAt(answer));

    /// <summary>The same of what a listing says.</summary>
    /// <param name="now">The server's clock when it said so.</param>
    public Validator? From(string? tag, UnixTime? modifiedAt, long sizeBytes, UnixTime now)
    {
        // Apache marks the tag of a young file as weak, and takes the mark off a second later: nothing has changed.
        if (modifiedAt is not null && tag?.StartsWith("W/", StringComparison.Ordinal) == true && EntityTag.IsTimeAndSize(tag[2..], sizeBytes, modifiedAt))
            tag = null;
        if (tag is null && modifiedAt is null) return null;
        var strength = (tag, modifiedAt) switch
        {
            ({ } known, _) when trustETags && EntityTag.IsStrong(known, sizeBytes, modifiedAt) => ValidatorStrength.Strong,
            (_, { } known) => RacyWindow.StrengthOf(known, now),
            _ => ValidatorStrength.Weak,
        };
        return new Validator(strength, sizeBytes, modifiedAt, tag);
    }

    /// <summary>The server's own clock, which its modification times come from; ours where it does not tell.</summary>
    public UnixTime NowAt(HttpResponseMessage answer) => UnixTime.From(answer.Headers.Date ?? clock.GetUtcNow());

    // Not through the parsed property: it drops tags without quotes, which some servers write.
    public static string? TagOf(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("ETag", out var values) && values.ToString().Trim() is { Length: > 0 } tag ? tag : null;
}
