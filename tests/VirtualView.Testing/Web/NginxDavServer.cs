using System.Diagnostics;

namespace VirtualView.Testing.Web;

/// <summary>nginx with the module that answers PROPFIND, at <c>/dav/</c>.</summary>
public sealed class NginxDavServer : WebServer
{
    protected override async ValueTask<ProcessStartInfo> PrepareAsync()
    {
        await WriteAsync("nginx.conf", $$"""
            load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;
            daemon off; {{(Environment.IsPrivilegedProcess ? "user root;" : "")}} worker_processes 1; pid nginx.pid; error_log error.log;
            events { worker_connections 256; }
            http {
              access_log off;
              client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
              server {
                listen 127.0.0.1:{{Port}};
                location /dav/ { alias "{{Files.Path}}/"; dav_ext_methods PROPFIND OPTIONS; }
              }
            }
            """).ConfigureAwait(false);
        return new ProcessStartInfo("/usr/sbin/nginx", ["-p", Prefix, "-c", "nginx.conf", "-e", "error.log"]);
    }
}
