using System.Globalization;
using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay.Files;

/// <summary>Where a local inode's bytes lie, below the overlay folder: <c>XX/ID</c>, both in hex, XX the lowest byte. No allocation: it is made for every call.</summary>
internal readonly ref struct FileName
{
    /// <summary>The longest that is made, with the NUL.</summary>
    public const int MaxBytes = 32;

    private const int FolderBytes = 2;

    private readonly Span<byte> _buffer;

    private FileName(Span<byte> buffer) => _buffer = buffer;

    /// <summary>Ends with a NUL.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer;

    public static string Lost => "lost";

    public static FileName Of(LocalId id, Span<byte> buffer)
    {
        FolderNumber(id).TryFormat(buffer, out _, "x2", CultureInfo.InvariantCulture);
        buffer[FolderBytes] = (byte)'/';
        id.Value.TryFormat(buffer[(FolderBytes + 1)..], out var digits, "x16", CultureInfo.InvariantCulture);
        return Ended(buffer, FolderBytes + 1 + digits);
    }

    public static FileName OfFolder(byte number, Span<byte> buffer)
    {
        number.TryFormat(buffer, out _, "x2", CultureInfo.InvariantCulture);
        return Ended(buffer, FolderBytes);
    }

    public static byte FolderNumber(LocalId id) => (byte)id.Value;

    /// <summary>False for what this room did not make.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out LocalId id)
    {
        var isOurs = ulong.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && name.Length == 16;
        id = new LocalId(value);
        return isOurs && value > 0;
    }

    private static FileName Ended(Span<byte> buffer, int length)
    {
        buffer[length] = 0;
        return new FileName(buffer[..(length + 1)]);
    }
}
