using System.Text.Json;
using System.Text.Json.Serialization;
using VirtualView.Core.Ranges;

namespace VirtualView.Service.Json;

/// <summary>A range as <c>{"offset":0,"length":262144}</c>.</summary>
internal sealed class ByteRangeConverter : JsonConverter<ByteRange>
{
    public override ByteRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        long? offset = null, length = null;
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("a byte range is an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOffset = reader.ValueTextEquals("offset"u8);
            var isLength = reader.ValueTextEquals("length"u8);
            reader.Read();
            if (isOffset) offset = reader.GetInt64();
            else if (isLength) length = reader.GetInt64();
            else reader.Skip();
        }

        return offset >= 0 && length >= 0 && length <= long.MaxValue - offset
            ? new ByteRange(offset.Value, length.Value)
            : throw new JsonException("a byte range has an offset and a length, neither negative");
    }

    public override void Write(Utf8JsonWriter writer, ByteRange value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("offset"u8, value.Offset);
        writer.WriteNumber("length"u8, value.Length);
        writer.WriteEndObject();
    }
}
