using System.Diagnostics;
using System.Globalization;

namespace VirtualView.Testing.Web;

/// <summary><c>python3 -m http.server</c>: HTTP/1.0, names only, no ranges, no conditions.</summary>
public sealed class PythonServer : WebServer
{
    protected override ValueTask<ProcessStartInfo> PrepareAsync() => new(new ProcessStartInfo(
        "/usr/bin/python3",
        ["-m", "http.server", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--directory", Files.Path]));
}
