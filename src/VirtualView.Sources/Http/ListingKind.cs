namespace VirtualView.Sources.Http;

/// <summary>How a server tells what lies in a directory.</summary>
public enum ListingKind
{
    /// <summary>Found out at the first contact: a manifest, nginx's JSON, WebDAV, an HTML index, in this order.</summary>
    Auto,

    /// <summary>nginx's JSON.</summary>
    Json,

    /// <summary>An HTML page: names only.</summary>
    Html,

    /// <summary>PROPFIND of RFC 4918.</summary>
    WebDav,

    /// <summary>A file <c>virtualview-manifest.json</c> that whoever published the data has written.</summary>
    Manifest,
}
