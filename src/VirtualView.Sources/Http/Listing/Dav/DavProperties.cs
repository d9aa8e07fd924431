using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>What a PROPFIND says of one address.</summary>
/// <param name="Validator">Of a file, where size and either time or tag were told.</param>
/// <param name="Tag">As it was told, also where the validator leaves it out.</param>
/// <param name="Lineage">What a writer has recorded, where that was asked for.</param>
internal sealed record DavProperties(bool IsCollection, Validator? Validator, UnixTime? ModifiedAt, string? Tag = null, string? Lineage = null);
