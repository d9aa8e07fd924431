using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>What a PROPFIND has told.</summary>
/// <param name="Self">Of the address that was asked about; null if the answer does not mention it.</param>
/// <param name="Entries">What lies directly below it.</param>
/// <param name="Staged">Uploads on their way there, which no reader sees.</param>
internal sealed record DavAnswer(SlashTurn Turn, DavProperties? Self, List<SourceEntry> Entries, List<PathName> Staged);
