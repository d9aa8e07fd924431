using System.Text;

namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>Where an address in an answer lies, seen from the one that was asked about.</summary>
internal sealed class DavHref(Uri asked)
{
    private readonly byte[] _self = PercentEncoding.Decode(Encoding.UTF8.GetBytes(asked.AbsolutePath.TrimEnd('/')));

    /// <summary>
    /// The bytes of the name, if it lies directly below; empty for the address itself; null for what lies deeper or has
    /// a slash in its name.
    /// </summary>
    /// <exception cref="MultiStatusException">It lies elsewhere: then the answer is not about what was asked.</exception>
    public byte[]? NameOf(string href)
    {
        var path = Encoding.UTF8.GetBytes(PathOf(href)).AsSpan().TrimEnd((byte)'/');
        if (PercentEncoding.Decode(path).AsSpan().SequenceEqual(_self)) return [];
        // Before decoding: an escaped slash belongs to a name, and no name may hold one.
        for (var slash = path.IndexOf((byte)'/'); slash >= 0; slash = NextSlash(path, slash))
        {
            if (!PercentEncoding.Decode(path[..slash]).AsSpan().SequenceEqual(_self)) continue;
            var below = path[(slash + 1)..];
            return below.Contains((byte)'/') ? null : PercentEncoding.Decode(below);
        }

        throw new MultiStatusException($"the answer tells of '{href}', which does not lie below; a proxy may have changed the addresses");
    }

    private static int NextSlash(ReadOnlySpan<byte> path, int after) =>
        path[(after + 1)..].IndexOf((byte)'/') is var next and >= 0 ? after + 1 + next : -1;

    private string PathOf(string href)
    {
        var scheme = href.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || href.StartsWith('/')) return href;
        var slash = href.IndexOf('/', scheme + 3);
        var origin = slash < 0 ? href : href[..slash];
        var isOurs = Uri.TryCreate(origin, UriKind.Absolute, out var said)
            && said.Scheme == asked.Scheme && said.Port == asked.Port
            && string.Equals(said.IdnHost, asked.IdnHost, StringComparison.OrdinalIgnoreCase);
        if (!isOurs) throw new MultiStatusException($"the answer tells of another server, {origin}; write in Url the address that the server takes for its own");
        return slash < 0 ? "/" : href[slash..];
    }
}
