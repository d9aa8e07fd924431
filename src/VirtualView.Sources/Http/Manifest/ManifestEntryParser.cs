using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>Makes an entry of what is written, or says what is wrong with it.</summary>
internal static class ManifestEntryParser
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>The path, or null and why it is none.</summary>
    public static (VirtualPath? Path, string? Problem) PathOf(ManifestItem item)
    {
        if (item.Path is null == item.EscapedPath is null) return (null, "needs either 'path' or 'path-escaped'");
        byte[] bytes;
        try
        {
            bytes = Strict.GetBytes(item.Path ?? item.EscapedPath!);
        }
        catch (EncoderFallbackException)
        {
            return (null, "its path is no legal Unicode; write 'path-escaped'");
        }

        var names = new List<PathName>();
        foreach (var part in Split(bytes))
        {
            if (!PathName.TryCreate(item.Path is null ? PercentEncoding.Decode(part) : part, out var name))
                return (null, "its path must be relative names joined by '/', none of them empty, '.', '..' or longer than 255 bytes");
            names.Add(name);
        }

        return (VirtualPath.Of(names), null);
    }

    public static (ManifestEntry? Entry, string? Problem) EntryOf(ManifestItem item) => item.Type switch
    {
        null or "file" => FileOf(item),
        "directory" => TimeOf(item.ModifiedAt, out var time) ? (new ManifestEntry(EntryKind.Directory, ModifiedAt: time), null) : (null, WrongTime(item)),
        "link" => string.IsNullOrEmpty(item.Target)
            ? (null, "is a link without a 'target'")
            : (new ManifestEntry(EntryKind.Symlink, Target: [.. Encoding.UTF8.GetBytes(item.Target)]), null),
        _ => (null, $"has the type '{item.Type}'; write file, directory or link"),
    };

    private static (ManifestEntry? Entry, string? Problem) FileOf(ManifestItem item)
    {
        if (item.SizeBytes is not { } size) return (null, "is a file without a 'size'");
        if (size < 0) return (null, $"has the size {size}");
        if (!TimeOf(item.ModifiedAt, out var time)) return (null, WrongTime(item));
        var sha256 = item.Sha256 is null ? [] : ManifestTag.Parse(item.Sha256);
        if (sha256 is null) return (null, "has a 'sha256' that is not 64 hexadecimal digits");
        if (item.ETag is { } tag && !(HeaderText.IsValue(tag) && tag.EndsWith('"')))
            return (null, "has an 'etag' that is not as in the header: with its quotes, and W/ where it is weak");
        if (item.ETag is null && time is null && sha256.Length == 0)
            return (null, "has neither 'modified', 'etag' nor 'sha256', so versions of it cannot be told apart");
        return (new ManifestEntry(EntryKind.File, size, time, item.ETag, sha256), null);
    }

    // Rounded down to what Last-Modified can say, for with that it is compared.
    private static bool TimeOf(string? text, out UnixTime? time)
    {
        time = null;
        if (text is null) return true;
        if (!DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)) return false;
        time = UnixTime.FromSeconds(UnixTime.From(parsed).Seconds);
        return true;
    }

    private static string WrongTime(ManifestItem item) => $"has 'modified' {item.ModifiedAt}; write it as 2026-11-22T12:00:00Z";

    private static ImmutableArray<byte[]> Split(byte[] path)
    {
        var parts = ImmutableArray.CreateBuilder<byte[]>();
        foreach (var part in path.AsSpan().Split((byte)'/'))
            parts.Add(path[part]);
        return parts.ToImmutable();
    }
}
