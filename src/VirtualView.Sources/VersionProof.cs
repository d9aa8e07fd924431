using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources;

/// <summary>Decides whether an answer belongs to the expected version. Asked before a byte is handed over.</summary>
internal static class VersionProof
{
    /// <summary>Null when the answer is proven to be what was expected.</summary>
    public static SourceError? FindObjection(Validator expected, Validator answered, string what)
    {
        if (!expected.Agrees(answered))
            return new SourceError(SourceErrorKind.Changed, $"{what}: it was ({expected}) and is now ({answered})");

        // Bytes kept under a strong tag must not come from an answer that does not carry it.
        if (expected.Strength == ValidatorStrength.Strong && answered.Tag is null)
            return new SourceError(SourceErrorKind.Invalid, $"{what}: the answer lacks the ETag {expected.Tag} that was given before; a proxy may drop it");

        var comparable = (expected.Tag is not null && answered.Tag is not null)
            || (expected.ModifiedAt is not null && answered.ModifiedAt is not null);
        return comparable
            ? null
            : new SourceError(SourceErrorKind.Invalid, $"{what}: the answer ({answered}) has nothing but its size to compare with ({expected})");
    }

    /// <summary>Null when the reader takes the answer: no other answer that it has taken contradicts it.</summary>
    public static SourceError? FindObjection(IRangeSink sink, Validator answered, string what) =>
        sink.Accept(answered)
            ? null
            : new SourceError(SourceErrorKind.Changed, $"{what}: another answer for this version was not ({answered})");
}
