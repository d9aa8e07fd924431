using System.Text.Json;
using System.Text.Json.Serialization;

namespace VirtualView.Sources.Http.Manifest;

[JsonSourceGenerationOptions(
    AllowTrailingCommas = false, ReadCommentHandling = JsonCommentHandling.Disallow, AllowDuplicateProperties = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ManifestDocument))]
internal sealed partial class ManifestJson : JsonSerializerContext;
