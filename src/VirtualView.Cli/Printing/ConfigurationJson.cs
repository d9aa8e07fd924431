using System.Text.Json;
using System.Text.Json.Serialization;
using VirtualView.Cli.Configuration;

namespace VirtualView.Cli.Printing;

/// <summary>The JSON form of <c>config check</c> and <c>config show</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(IReadOnlyList<EffectiveValue>))]
internal sealed partial class ConfigurationJson : JsonSerializerContext
{
    public static string Mistakes(ConfigurationReading reading) =>
        JsonSerializer.Serialize(new CheckAnswer(reading.File, reading.Mistakes.IsEmpty, reading.Mistakes), Default.CheckAnswer);

    public static string Values(IReadOnlyList<EffectiveValue> values) =>
        JsonSerializer.Serialize(values, Default.IReadOnlyListEffectiveValue);
}
