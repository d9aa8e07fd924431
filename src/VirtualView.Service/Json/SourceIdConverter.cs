using System.Text.Json;
using System.Text.Json.Serialization;
using VirtualView.Core.Versions;

namespace VirtualView.Service.Json;

/// <summary>A source's UUID as a string.</summary>
internal sealed class SourceIdConverter : JsonConverter<SourceId>
{
    public override SourceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, SourceId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
