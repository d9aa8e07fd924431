using System.Globalization;
using System.Text;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources.Writing;

/// <summary>
/// What is recorded with a published file, so that every mount knows it for a child of what it was made from. One line
/// of printable ASCII, whatever holds it: an extended attribute, a property, metadata of an object.
/// </summary>
/// <param name="Upload">The upload that made it: by this a writer knows its own again.</param>
/// <param name="Base">
/// What it was made from, as its source showed it: ids of versions and sources are a mount's own, so they could not be
/// compared elsewhere. Null for a file that is new. Its strength is not recorded and reads as weak.
/// </param>
/// <param name="ModifiedAt">In full, where the protocol rounds or cannot keep it.</param>
public sealed record UploadLineage(UploadId Upload, Validator? Base, UnixTime ModifiedAt)
{
    private const string Form = "1";
    private const string Nothing = "-";

    public override string ToString()
    {
        var size = Base is { } known ? Text(known.SizeBytes) : Nothing;
        var time = Base?.ModifiedAt is { } at ? Text(at.Nanoseconds) : Nothing;
        var tag = Base?.Tag is { } text ? Convert.ToHexString(Encoding.UTF8.GetBytes(text)) : Nothing;
        return $"{Form} {Upload} {Text(ModifiedAt.Nanoseconds)} {size} {time} {tag}";
    }

    /// <summary>Null for what is not of this form: anybody may have written it.</summary>
    public static UploadLineage? Parse(string text)
    {
        if (text.Split(' ') is not [Form, var upload, var modified, var size, var time, var tag]) return null;
        if (!Guid.TryParseExact(upload, "N", out var id) || Number(modified) is not { } modifiedAt) return null;
        if (size == Nothing) return new UploadLineage(new UploadId(id), null, new UnixTime(modifiedAt));
        if (Number(size) is not { } sizeBytes || sizeBytes < 0 || (time != Nothing && Number(time) is null)) return null;
        UnixTime? baseTime = Number(time) is { } at ? new UnixTime(at) : null;
        try
        {
            var baseTag = tag == Nothing ? null : Encoding.UTF8.GetString(Convert.FromHexString(tag));
            return new UploadLineage(new UploadId(id), new Validator(ValidatorStrength.Weak, sizeBytes, baseTime, baseTag), new UnixTime(modifiedAt));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}
