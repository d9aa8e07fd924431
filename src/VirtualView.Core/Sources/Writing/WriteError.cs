namespace VirtualView.Core.Sources.Writing;

/// <summary>Why a target did not do it, with words for people: what, where, what to do.</summary>
/// <param name="Kind">What it means for the next step.</param>
/// <param name="Message">What, where, what to do.</param>
/// <param name="RetryAfter">What the target asks for.</param>
/// <param name="Found">Of <see cref="WriteErrorKind.Changed"/>: what is there instead; null when nothing is, or when it is not known.</param>
/// <param name="KeptAs">Of <see cref="WriteErrorKind.Displaced"/>: the name beside the path that holds the other writer's file.</param>
public sealed record WriteError(
    WriteErrorKind Kind, string Message, TimeSpan? RetryAfter = null, TargetEntry? Found = null, Paths.PathName? KeptAs = null)
{
    /// <summary>Of what failed while a target only looked.</summary>
    public static WriteError OfLooking(SourceError error) => new(KindOf(error.Kind), error.Message, error.RetryAfter);

    /// <inheritdoc cref="OfLooking"/>
    public static WriteErrorKind KindOf(SourceErrorKind kind) => kind switch
    {
        SourceErrorKind.NotFound => WriteErrorKind.NotFound,
        SourceErrorKind.WrongKind => WriteErrorKind.WrongKind,
        SourceErrorKind.Denied => WriteErrorKind.Denied,
        SourceErrorKind.Throttled => WriteErrorKind.Busy,
        SourceErrorKind.Unsupported => WriteErrorKind.Unsupported,
        SourceErrorKind.Invalid or SourceErrorKind.Changed => WriteErrorKind.Invalid,
        _ => WriteErrorKind.Unreachable,
    };

    public override string ToString() => $"{Kind}: {Message}";
}
