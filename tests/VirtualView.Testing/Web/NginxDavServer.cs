using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>
/// nginx with the module that answers PROPFIND, at <c>/dav/</c>. It can be written to there; at <c>/unlocked/</c> without
/// locks, and at <c>/small/</c> not with large files.
/// </summary>
public sealed class NginxDavServer : WebServer
{
    protected override async ValueTask<ProcessStartInfo> PrepareAsync()
    {
        await WriteAsync("nginx.conf", $$"""
            load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
            daemon off; {{(Environment.IsPrivilegedProcess ? "user root;" : "")}} worker_processes 1; pid nginx.pid; error_log error.log;
            events { worker_connections 256; }
            http {
              access_log off; client_max_body_size 0; dav_ext_lock_zone zone=locks:1m;
              client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
              server {
                listen 127.0.0.1:{{Port}};
                dav_methods PUT DELETE MKCOL COPY MOVE;
                location /dav/ { alias "{{Files.Path}}/"; dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK; dav_ext_lock zone=locks; }
                location /small/ { alias "{{Files.Path}}/"; client_max_body_size 4k; dav_ext_methods PROPFIND OPTIONS LOCK UNLOCK; dav_ext_lock zone=locks; }
                location /unlocked/ { alias "{{Files.Path}}/"; dav_ext_methods PROPFIND OPTIONS; }
              }
            }
            """).ConfigureAwait(false);
        return new ProcessStartInfo("/usr/sbin/nginx", ["-p", Prefix, "-c", "nginx.conf", "-e", "error.log"]);
    }
}
