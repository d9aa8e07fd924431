using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>What a PROPFIND says of one address.</summary>
/// <param name="Validator">Of a file, where size and either time or tag were told.</param>
internal sealed record DavProperties(bool IsCollection, Validator? Validator, UnixTime? ModifiedAt);
