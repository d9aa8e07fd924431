using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Listing;

/// <summary>
/// nginx's <c>autoindex_format json</c>: an array of <c>{name, type, mtime, size}</c>, with the time as in HTTP headers.
/// Caddy's: <c>{url, is_dir, is_symlink, mod_time, size}</c>, with the time as in RFC 3339; its <c>name</c> is only to be
/// looked at, because the bytes that are not UTF-8 are lost there. Read as it arrives; whatever is not its end is a <see cref="JsonException"/>.
/// </summary>
/// <param name="now">The server's clock when it listed.</param>
internal sealed class JsonIndex(UnixTime now)
{
    private const int InEntry = 2;

    private readonly EntryCollector _entries = new();
    private Field _field;
    private byte[]? _name;
    private bool? _isDirectory;
    private bool _isOther;
    private bool _isLink;
    private long? _sizeBytes;
    private UnixTime? _modifiedAt;

    private enum Field
    {
        Unknown,
        Name,
        Type,
        Size,
        ModifiedAt,
        Url,
        IsDirectory,
        IsLink,
    }

    public async ValueTask<List<SourceEntry>> ReadAsync(PipeReader pipe, CancellationToken cancel)
    {
        var state = new JsonReaderState();
        while (true)
        {
            var read = await pipe.ReadAsync(cancel).ConfigureAwait(false);
            var taken = Take(read.Buffer, read.IsCompleted, ref state);
            pipe.AdvanceTo(taken, read.Buffer.End);
            if (read.IsCompleted) return _entries.Entries;
        }
    }

    private SequencePosition Take(ReadOnlySequence<byte> buffer, bool isLast, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(buffer, isLast, state);
        while (reader.Read())
            Take(ref reader);
        state = reader.CurrentState;
        return reader.Position;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType, reader.CurrentDepth)
        {
            case (JsonTokenType.StartArray, 0) or (JsonTokenType.EndArray, 0):
                break;
            case (JsonTokenType.StartObject, 1):
                (_name, _isDirectory, _isOther, _isLink, _sizeBytes, _modifiedAt) = (null, null, false, false, null, null);
                break;
            case (JsonTokenType.EndObject, 1):
                AddEntry();
                break;
            case (JsonTokenType.PropertyName, InEntry):
                _field = FieldOf(ref reader);
                break;
            case (_, InEntry):
                TakeValue(ref reader);
                break;
            case (_, < InEntry):
                throw new JsonException("an entry is not an object");
            default:
                break; // inside a value we do not know
        }
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        switch (_field, reader.TokenType)
        {
            case (Field.Name, JsonTokenType.String):
                _name ??= TextOf(ref reader);
                break;
            case (Field.Url, JsonTokenType.String):
                _name = NameIn(TextOf(ref reader));
                break;
            case (Field.IsDirectory, JsonTokenType.True or JsonTokenType.False):
                _isDirectory = reader.TokenType == JsonTokenType.True;
                break;
            case (Field.IsLink, JsonTokenType.True):
                _isLink = true;
                break;
            case (Field.Type, JsonTokenType.String):
                _isDirectory = reader.ValueTextEquals("directory"u8);
                _isOther = _isDirectory is false && !reader.ValueTextEquals("file"u8);
                break;
            case (Field.Size, JsonTokenType.Number) when reader.TryGetInt64(out var size) && size >= 0:
                _sizeBytes = size;
                break;
            case (Field.ModifiedAt, JsonTokenType.String):
                _modifiedAt = TimeOf(TextOf(ref reader));
                break;
            default:
                break;
        }
    }

    private void AddEntry()
    {
        if (_name is null || _isDirectory is null) throw new JsonException("an entry has no name or no type");
        if (_isOther) return;
        _entries.Add(_name, name => _isDirectory.Value
            ? new SourceEntry(name, EntryKind.Directory, ModifiedAt: _modifiedAt)
            : new SourceEntry(name, EntryKind.File, ValidatorOf()));
    }

    private Validator? ValidatorOf() =>
        // Of a link, Caddy tells its own size and not that of what it leads to.
        !_isLink && _sizeBytes is { } size && _modifiedAt is { } time
            ? new Validator(RacyWindow.StrengthOf(time, now), size, time, Tag: null)
            : null;

    private static Field FieldOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("name"u8) ? Field.Name
        : reader.ValueTextEquals("type"u8) ? Field.Type
        : reader.ValueTextEquals("size"u8) ? Field.Size
        : reader.ValueTextEquals("mtime"u8) || reader.ValueTextEquals("mod_time"u8) ? Field.ModifiedAt
        : reader.ValueTextEquals("url"u8) ? Field.Url
        : reader.ValueTextEquals("is_dir"u8) ? Field.IsDirectory
        : reader.ValueTextEquals("is_symlink"u8) ? Field.IsLink
        : Field.Unknown;

    private static byte[] TextOf(ref Utf8JsonReader reader) =>
        JsonText.Unescape(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);

    // "./a%20b/"
    private static byte[] NameIn(ReadOnlySpan<byte> url)
    {
        if (url.StartsWith("./"u8)) url = url[2..];
        return PercentEncoding.Decode(url.EndsWith("/"u8) ? url[..^1] : url);
    }

    // In whole seconds: Last-Modified says no more.
    private static UnixTime? TimeOf(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out DateTimeOffset time, out var length, 'R') && length == text.Length) return UnixTime.From(time);
        return DateTimeOffset.TryParseExact(
            Encoding.Latin1.GetString(text), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
                ? UnixTime.FromSeconds(UnixTime.From(time).Seconds)
                : null;
    }
}
