# shellcheck shell=bash
# A private nginx on a free loopback port: its own folder, its own log, no root needed. Needs common.sh.

# start_nginx FOLDER [STATE]: serves FOLDER and ends with the script. Sets
#   NGINX_URL   http://127.0.0.1:PORT   with /data/ (JSON listing) and /html/ (HTML listing) of the same folder
#   NGINX_PORT  its port
#   NGINX_LOG   one line a request: METHOD PATH (as sent) STATUS BYTES_OF_BODY BYTES_IN_ALL SECONDS CONNECTION "RANGE"
#   NGINX_PID   its master process
# STATE is an existing folder for configuration and log; a temporary one by default.
start_nginx() {
    local folder state=${2:-} attempt
    folder=$(readlink -f "$1")
    [[ -d $folder ]] || die "start_nginx: $1 is not a folder"
    # nginx would take these for variables or the end of the name.
    [[ $folder != *[\"\$\\]* ]] || die "start_nginx: no \" \$ or \\ in the name of the folder, please: $folder"
    if [[ -z $state ]]; then
        make_temporary
        state=$TEMPORARY
    fi
    local program
    program=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx) || die "nginx is missing: run scripts/setup"
    # shellcheck disable=SC2034  # for the caller, as NGINX_URL
    NGINX_LOG=$state/access.log
    mkdir -p "$state/tmp"
    # The port may be taken between the choice and the start.
    for ((attempt = 0; attempt < 5; attempt++)); do
        NGINX_PORT=$(free_port)
        write_nginx_configuration "$folder" "$state" >"$state/nginx.conf"
        start "$program" -p "$state" -e "$state/error.log" -c "$state/nginx.conf" >/dev/null 2>>"$state/error.log"
        NGINX_PID=$STARTED
        if wait_until 10 nginx_ready_or_gone && ! process_gone "$NGINX_PID"; then
            # shellcheck disable=SC2034
            NGINX_URL=http://127.0.0.1:$NGINX_PORT
            return 0
        fi
    done
    cat "$state/error.log" >&2
    die "nginx did not start"
}

nginx_ready_or_gone() {
    process_gone "$NGINX_PID" || port_answers "$NGINX_PORT"
}

# Paths come in double quotes, so that a folder may have spaces in its name. A worker as root must be root, too:
# another user may not be able to read the folder; without root the directive would only draw a warning.
write_nginx_configuration() {
    local folder=$1 state=$2 user=""
    ((EUID != 0)) || user="user root;"
    cat <<EOF
$user
worker_processes 1;
daemon off;
pid "$state/nginx.pid";
error_log "$state/error.log" warn;
events { worker_connections 1024; }
http {
    default_type application/octet-stream;
    types { text/html html; application/json json; }
    log_format requests '\$request_method \$request_uri \$status \$body_bytes_sent \$bytes_sent \$request_time \$connection "\$http_range"';
    access_log "$state/access.log" requests;
    client_body_temp_path "$state/tmp/body";
    proxy_temp_path "$state/tmp/proxy";
    fastcgi_temp_path "$state/tmp/fastcgi";
    uwsgi_temp_path "$state/tmp/uwsgi";
    scgi_temp_path "$state/tmp/scgi";
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_timeout 65;
    keepalive_requests 1000000;
    server {
        listen 127.0.0.1:$NGINX_PORT;
        location /data/ { alias "$folder/"; autoindex on; autoindex_format json; }
        location /html/ { alias "$folder/"; autoindex on; autoindex_format html; }
    }
}
EOF
}
