namespace VirtualView.Sources.Http;

/// <summary>Which version of HTTP is spoken.</summary>
public enum HttpProtocol
{
    /// <summary>HTTP/2 where the server offers it over TLS, else HTTP/1.1.</summary>
    Auto,

    /// <summary>HTTP/1.1 only: many connections, which share a lossy long line better than the one of HTTP/2.</summary>
    Http1,

    /// <summary>HTTP/2 only; without TLS by prior knowledge (h2c).</summary>
    Http2,
}
