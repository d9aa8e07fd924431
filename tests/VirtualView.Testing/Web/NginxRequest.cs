namespace VirtualView.Testing.Web;

/// <summary>One line of the server's access log.</summary>
/// <param name="BodyBytes">Sent, without headers.</param>
/// <param name="Connection">The number of the connection; equal for requests that shared one.</param>
/// <param name="Range">The Range header, or <c>-</c>.</param>
public sealed record NginxRequest(string Method, int Status, long BodyBytes, long Connection, string Range, string Target)
{
    internal const string LogFormat = "$request_method\t$status\t$body_bytes_sent\t$connection\t$http_range\t$request_uri";

    internal static NginxRequest Parse(string line)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var parts = line.Split('\t');
        return new NginxRequest(parts[0], int.Parse(parts[1], culture), long.Parse(parts[2], culture), long.Parse(parts[3], culture), parts[4], parts[5]);
    }
}
