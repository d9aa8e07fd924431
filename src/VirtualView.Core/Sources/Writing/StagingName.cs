using System.Text;
using VirtualView.Core.Paths;

namespace VirtualView.Core.Sources.Writing;

/// <summary>
/// The names under which uploads lie beside their files until they are shown, and canaries while a target is proven.
/// No source shows them, whoever made them.
/// </summary>
public static class StagingName
{
    private const int IdCharacters = 32;

    private static ReadOnlySpan<byte> Prefix => ".virtualview-upload-"u8;

    public static PathName Of(WriterId writer, UploadId upload) => PathName.Of($"{Encoding.ASCII.GetString(Prefix)}{writer}-{upload}");

    /// <summary>What is staged for an upload, beside its path.</summary>
    public static VirtualPath For(Upload upload) => upload.Path.Parent / Of(upload.Writer, upload.Id);

    public static bool IsOne(PathName name) => name.Bytes.StartsWith(Prefix);

    /// <summary>False for all other names, also those that only begin like one.</summary>
    public static bool TryParse(PathName name, out WriterId writer, out UploadId upload)
    {
        (writer, upload) = (default, default);
        if (!IsOne(name) || name.Bytes.Length != Prefix.Length + IdCharacters + 1 + IdCharacters) return false;
        var rest = Encoding.Latin1.GetString(name.Bytes[Prefix.Length..]);
        if (rest[IdCharacters] != '-') return false;
        if (!Guid.TryParseExact(rest[..IdCharacters], "N", out var who)) return false;
        if (!Guid.TryParseExact(rest[(IdCharacters + 1)..], "N", out var which)) return false;
        (writer, upload) = (new WriterId(who), new UploadId(which));
        return true;
    }
}
