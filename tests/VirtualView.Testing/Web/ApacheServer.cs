using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>Apache with <c>/fancy/</c>, <c>/plain/</c> (mod_autoindex) and <c>/dav/</c> (mod_dav) of the same folder.</summary>
public sealed class ApacheServer : WebServer
{
    private const string Modules = "/usr/lib/apache2/modules";

    protected override async ValueTask<ProcessStartInfo> PrepareAsync()
    {
        var file = await WriteAsync("httpd.conf", Configuration(MakeSharedFolder("locks"))).ConfigureAwait(false);
        return new ProcessStartInfo("/usr/sbin/apache2", ["-D", "FOREGROUND", "-d", Prefix, "-f", file]);
    }

    private string Configuration(string locks) =>
        $$"""
        ServerName 127.0.0.1
        Listen 127.0.0.1:{{Port}}
        PidFile {{Prefix}}/pid
        ErrorLog {{Prefix}}/error.log
        {{(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}}
        {{string.Concat(new[] { "mpm_event", "authz_core", "dir", "mime", "alias", "autoindex", "dav", "dav_fs", "dav_lock" }
            .Select(name => $"LoadModule {name}_module {Modules}/mod_{name}.so\n"))}}
        TypesConfig /etc/mime.types
        StartServers 1
        DAVLockDB {{locks}}/db
        DocumentRoot {{Files.Path}}
        Alias /fancy/ {{Files.Path}}/
        Alias /plain/ {{Files.Path}}/
        Alias /dav/ {{Files.Path}}/
        <Directory {{Files.Path}}>
          Require all granted
          Options Indexes FollowSymLinks
          DirectoryIndex disabled
        </Directory>
        <Location /fancy/>
          IndexOptions FancyIndexing HTMLTable NameWidth=*
        </Location>
        <Location /dav/>
          Dav On
        </Location>
        """;
}
