using System.Globalization;
using System.Xml;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>Reads a 207 answer as it arrives. No entity is resolved, and nothing that belongs to XML is fetched.</summary>
internal sealed class MultiStatusReader(Uri asked, HttpValidators validators, UnixTime now)
{
    private const string Dav = "DAV:";

    private static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        XmlResolver = null,
    };

    private readonly DavHref _href = new(asked);
    private readonly EntryCollector _entries = new();
    private DavProperties? _self;

    /// <exception cref="XmlException">It is no XML, or ends early.</exception>
    /// <exception cref="MultiStatusException">It is no answer to what was asked.</exception>
    public async ValueTask<DavAnswer> ReadAsync(Stream body)
    {
        using var xml = XmlReader.Create(body, Settings);
        if (await xml.MoveToContentAsync().ConfigureAwait(false) != XmlNodeType.Element || !Is(xml, "multistatus"))
            throw new MultiStatusException("the answer is no WebDAV multistatus");
        while (await xml.ReadAsync().ConfigureAwait(false))
        {
            if (xml.NodeType != XmlNodeType.Element || !Is(xml, "response")) continue;
            using var response = xml.ReadSubtree();
            await TakeAsync(response).ConfigureAwait(false);
        }

        return new DavAnswer(SlashTurn.None, _self, _entries.Entries, _entries.Staged);
    }

    private async ValueTask TakeAsync(XmlReader xml)
    {
        var found = new DavResponse();
        while (await xml.ReadAsync().ConfigureAwait(false))
        {
            if (xml.NodeType == XmlNodeType.EndElement && Is(xml, "propstat")) found.EndPropstat();
            if (xml.NodeType != XmlNodeType.Element || xml.NamespaceURI != (xml.LocalName == DavResponse.LineageElement ? DavResponse.LineageSpace : Dav)) continue;
            if (xml.LocalName == "collection") found.SawCollection();
            else if (DavResponse.Texts.Contains(xml.LocalName)) found.Take(xml.LocalName, await TextAsync(xml).ConfigureAwait(false));
        }

        Add(found);
    }

    private void Add(DavResponse found)
    {
        if (found.Href is null) throw new MultiStatusException("an entry has no address");
        var name = _href.NameOf(found.Href);
        if (found.IsMissing || name is null) return;
        if (!found.IsTold) throw new MultiStatusException($"the server does not tell what '{found.Href}' is ({found.Status ?? "no status"})");
        var time = TimeOf(found.ModifiedAt);
        var validator = long.TryParse(found.Length, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? validators.From(found.Tag, time, size, now)
            : null;
        if (name.Length == 0) _self = new DavProperties(found.IsCollection, validator, time, found.Tag, found.Lineage);
        else if (found.IsCollection) _entries.Add(name, legal => new SourceEntry(legal, EntryKind.Directory, ModifiedAt: time));
        else _entries.Add(name, legal => new SourceEntry(legal, EntryKind.File, validator));
    }

    // The text up to the end of the element; the reader stays at that end, so that the loop does not skip what follows.
    private static async ValueTask<string> TextAsync(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (text, depth) = ("", xml.Depth);
        while (await xml.ReadAsync().ConfigureAwait(false) && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace) text += await xml.GetValueAsync().ConfigureAwait(false);
        }

        return text.Trim();
    }

    private static bool Is(XmlReader xml, string name) => xml.LocalName == name && xml.NamespaceURI == Dav;

    private static UnixTime? TimeOf(string? text) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? UnixTime.From(time) : null;
}
