namespace VirtualView.Core.Sources;

/// <summary>Why a source gave nothing, with words for people: what, where, what to do.</summary>
public sealed record SourceError(SourceErrorKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    public override string ToString() => $"{Kind}: {Message}";
}
