using VirtualView.Core.Units;

namespace VirtualView.Core.Versions;

/// <summary>
/// What a source says of a file's content, to tell one content from the next. A listing may know less than an answer
/// to a read, so every part but the size may be missing; what both know must be equal.
/// </summary>
/// <param name="Strength">How much equality proves.</param>
/// <param name="SizeBytes">Length of the content.</param>
/// <param name="ModifiedAt">Modification time as the source's protocol gives it, always with the same rounding.</param>
/// <param name="Tag">ETag (with its quotes, and <c>W/</c> where weak), object version or checksum.</param>
public readonly record struct Validator(ValidatorStrength Strength, long SizeBytes, UnixTime? ModifiedAt, string? Tag)
{
    /// <summary>False when something that both know differs: then they speak of different content.</summary>
    public bool Agrees(Validator other) =>
        SizeBytes == other.SizeBytes
        && (ModifiedAt is null || other.ModifiedAt is null || ModifiedAt == other.ModifiedAt)
        && (Tag is null || other.Tag is null || Tag == other.Tag);

    /// <summary>
    /// All that two agreeing validators know together. Who once knew a strong tag stays strong; otherwise
    /// <paramref name="newer"/> says whether the time is still racy.
    /// </summary>
    public Validator Learn(Validator newer) =>
        new(
            Strength == ValidatorStrength.Strong ? Strength : newer.Strength,
            SizeBytes,
            ModifiedAt ?? newer.ModifiedAt,
            Tag ?? newer.Tag);

    public override string ToString() => $"{Strength} {SizeBytes} B, {ModifiedAt?.ToString() ?? "no time"}, {Tag ?? "no tag"}";
}
