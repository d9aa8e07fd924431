using System.Text.Json.Serialization;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>The file as it is written. docs/sources.md describes it.</summary>
internal sealed record ManifestDocument
{
    public const string Marker = "virtualview-manifest";

    [JsonPropertyName(Marker)]
    public required int Version { get; init; }

    /// <summary><c>tree</c>, also where nothing is said: all below the folder; <c>directory</c>: only what lies directly in it.</summary>
    [JsonPropertyName("covers")]
    public string? Covers { get; init; }

    [JsonPropertyName("entries")]
    public required List<ManifestItem> Entries { get; init; }
}
