using System.Text.Json.Serialization;

namespace VirtualView.State.Identities;

/// <summary>How <c>sources.json</c> is written: origin to UUID, for people to read.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, Guid>))]
internal sealed partial class SourceIdentitiesJson : JsonSerializerContext;
