using VirtualView.Core.Units;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>A manifest as it was fetched.</summary>
/// <param name="ListedAt">The server's clock then.</param>
/// <param name="Tag">Its ETag, and <paramref name="ModifiedAt"/> its time, to ask whether it has changed; both null where they prove nothing yet.</param>
internal sealed record ManifestFetch(ManifestTree Tree, UnixTime ListedAt, string? Tag, DateTimeOffset? ModifiedAt);
