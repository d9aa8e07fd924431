using System.Globalization;
using System.Text;

namespace VirtualView.Sources.Tests.Http;

/// <summary>What a <see cref="ScriptedServer"/> sends, to the byte, right or wrong.</summary>
/// <param name="Then">What happens to the connection afterwards.</param>
internal sealed record ScriptedAnswer(byte[] Bytes, ScriptedAnswer.After Then = ScriptedAnswer.After.Keep)
{
    public const string OldTime = "Sun, 13 Sep 2020 12:26:40 GMT";

    public enum After
    {
        Keep,
        Close,
        Reset,
        Hang,
    }

    /// <summary>A date, a Last-Modified of long ago, <c>headers</c> (one a line), and the body with its true length.</summary>
    public static ScriptedAnswer Of(int status, string headers, string body = "") =>
        Raw($"HTTP/1.1 {status} Scripted\nDate: Sun, 22 Nov 2026 12:00:00 GMT\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\n{headers}", body);

    /// <summary>Exactly these lines and this body (as Latin-1).</summary>
    public static ScriptedAnswer Raw(string head, string body, After then = After.Keep) =>
        new(Encoding.Latin1.GetBytes(head.Trim().ReplaceLineEndings("\r\n") + "\r\n\r\n" + body), then);

    /// <summary>A right answer to a request for a range.</summary>
    public static ScriptedAnswer Part(string file, string request, string validators)
    {
        var range = request.Split('\n').Single(line => line.StartsWith("Range: bytes=", StringComparison.Ordinal)).Trim()[13..].Split('-');
        var (from, to) = (int.Parse(range[0], CultureInfo.InvariantCulture), int.Parse(range[1], CultureInfo.InvariantCulture));
        return Of(206, $"Content-Range: bytes {from}-{to}/{file.Length}\n{validators}", file[from..(to + 1)]);
    }
}
