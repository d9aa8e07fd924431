using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>lighttpd with its directory listing. It must be told to let any bytes in names pass, not to take what lies "below" a
/// file for the file, not to remember for two seconds what a file was, and a type for all files: those without get no
/// validator.</summary>
public sealed class LighttpdServer : WebServer
{
    protected override async ValueTask<ProcessStartInfo> PrepareAsync()
    {
        var file = await WriteAsync("lighttpd.conf", $$"""
            server.modules = ( "mod_dirlisting", "mod_staticfile" )
            server.bind = "127.0.0.1"
            server.port = {{Port}}
            server.document-root = "{{Files.Path}}"
            server.http-parseopts = ( "url-ctrls-reject" => "disable", "url-path-2f-decode" => "disable",
                                         "url-invalid-utf8-reject" => "disable" )
            server.stat-cache-engine = "disable"
            static-file.disable-pathinfo = "enable"
            mimetype.assign = ( "" => "application/octet-stream" )
            dir-listing.activate = "enable"
            """).ConfigureAwait(false);
        return new ProcessStartInfo("/usr/sbin/lighttpd", ["-D", "-f", file]);
    }
}
