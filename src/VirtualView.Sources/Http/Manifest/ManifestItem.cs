using System.Text.Json.Serialization;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>One entry as it is written; nothing in it is checked yet.</summary>
internal sealed record ManifestItem
{
    [JsonPropertyName("path")]
    public string? Path { get; init; }

    /// <summary>The path with <c>%NN</c> for any byte, for names that are not UTF-8.</summary>
    [JsonPropertyName("path-escaped")]
    public string? EscapedPath { get; init; }

    /// <summary><c>file</c>, also where nothing is said, <c>directory</c> or <c>link</c>.</summary>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("size")]
    public long? SizeBytes { get; init; }

    [JsonPropertyName("modified")]
    public string? ModifiedAt { get; init; }

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    [JsonPropertyName("sha256")]
    public string? Sha256 { get; init; }

    [JsonPropertyName("target")]
    public string? Target { get; init; }
}
