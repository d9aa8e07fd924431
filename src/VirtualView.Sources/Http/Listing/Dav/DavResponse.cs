using System.Collections.Frozen;

namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>One <c>response</c> of a multistatus while it is read. Only properties whose own status is 200 count.</summary>
internal sealed class DavResponse
{
    /// <summary>A property of our own, in the namespace <see cref="LineageSpace"/>.</summary>
    public const string LineageElement = "lineage";

    public const string LineageSpace = "urn:virtualview";

    /// <summary>The elements whose text matters.</summary>
    public static readonly FrozenSet<string> Texts =
        FrozenSet.Create("href", "status", "getcontentlength", "getlastmodified", "getetag", LineageElement);

    private string? _length;
    private string? _lineage;
    private string? _modifiedAt;
    private string? _tag;
    private bool _isCollection;

    public string? Href { get; private set; }

    public string? Status { get; private set; }

    /// <summary>False when the server tells nothing of the entry.</summary>
    public bool IsTold { get; private set; }

    public bool IsCollection { get; private set; }

    public string? Length { get; private set; }

    public string? ModifiedAt { get; private set; }

    public string? Tag { get; private set; }

    public string? Lineage { get; private set; }

    /// <summary>It went while the server listed.</summary>
    public bool IsMissing => !IsTold && (Says("404") || Says("410"));

    public void SawCollection() => _isCollection = true;

    public void Take(string element, string text)
    {
        switch (element)
        {
            case "href":
                Href ??= text;
                break;
            case "status":
                Status = text;
                break;
            case "getcontentlength":
                _length = text;
                break;
            case "getlastmodified":
                _modifiedAt = text;
                break;
            case "getetag":
                _tag = text.Length == 0 ? null : text;
                break;
            case LineageElement:
                _lineage = text;
                break;
        }
    }

    public void EndPropstat()
    {
        if (Says("200"))
        {
            IsTold = true;
            IsCollection |= _isCollection;
            Length ??= _length;
            ModifiedAt ??= _modifiedAt;
            Tag ??= _tag;
            Lineage ??= _lineage;
        }

        (_isCollection, _length, _modifiedAt, _tag, _lineage) = (false, null, null, null, null);
    }

    // "HTTP/1.1 200 OK"
    private bool Says(string code) => Status?.Split(' ') is [_, var said, ..] && said == code;
}
