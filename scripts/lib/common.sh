# shellcheck shell=bash
# What every script here shares: the root folder, messages, waiting, and ending what was started.
# Sourced, never run:  . "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib/common.sh"

set -euo pipefail

# shellcheck disable=SC2034  # for the scripts that source this
ROOT=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")

# Quiet, and without ICU, which the SDK otherwise demands and a bare machine lacks; our programs do not use it either.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-1}

# No compiler or build node stays behind when a script has ended.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

say() { printf '%s\n' "$*"; }
warn() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { warn "$@"; exit 1; }

# --- ending what was started: the last started first, on success, failure, Ctrl-C and SIGTERM alike ---

_at_exit=()

# at_exit COMMAND [ARG...]: runs when the script ends.
at_exit() {
    _at_exit+=("$(printf '%q ' "$@")")
}

_run_at_exit() {
    local status=$? index
    # A second Ctrl-C must not leave half of it behind.
    trap '' INT TERM HUP
    trap - EXIT
    for ((index = ${#_at_exit[@]} - 1; index >= 0; index--)); do
        eval "${_at_exit[index]}" || warn "could not clean up: ${_at_exit[index]}"
    done
    exit "$status"
}
trap _run_at_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# make_temporary: sets TEMPORARY to a new folder that goes away at the end.
make_temporary() {
    TEMPORARY=$(mktemp -d "${TMPDIR:-/tmp}/virtualview.XXXXXX")
    at_exit rm -rf --one-file-system "$TEMPORARY"
}

# start COMMAND [ARG...]: runs it in the background, without input, and ends it at the end. Its id is in STARTED.
start() {
    "$@" </dev/null &
    STARTED=$!
    at_exit stop_process "$STARTED"
}

# stop_process PID [SECONDS]: SIGTERM, and SIGKILL if that does not help in time. No error if it has ended already.
stop_process() {
    local pid=$1 seconds=${2:-10}
    kill -TERM "$pid" 2>/dev/null || return 0
    if ! wait_until "$seconds" process_gone "$pid"; then
        warn "process $pid did not end within $seconds s: killed"
        kill -KILL "$pid" 2>/dev/null || true
    fi
    wait "$pid" 2>/dev/null || true
}

# A child that has ended but was not waited for is gone, too.
process_gone() {
    [[ ! -e /proc/$1 ]] || grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null
}

# --- waiting ---

# wait_until SECONDS COMMAND [ARG...]: until the command succeeds; fails if it has not by then.
wait_until() {
    local seconds=$1 deadline
    shift
    deadline=$((SECONDS + seconds + 1))
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}

port_answers() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_port: prints a loopback port that nobody listens on and nobody has just been given.
free_port() {
    local attempt port
    for ((attempt = 0; attempt < 100; attempt++)); do
        # Below the range the kernel hands out to clients, so no connection of ours takes it in the meantime.
        port=$((RANDOM % 12000 + 20000))
        if ! port_answers "$port"; then
            printf '%s\n' "$port"
            return 0
        fi
    done
    die "no free port between 20000 and 32000"
}

# first_word_after WORD FILE: what follows WORD on the line of FILE that starts with it; fails if there is none.
first_word_after() {
    local found
    found=$(sed -n "s/^$1 //p" "$2" | head -n 1)
    [[ -n $found ]] && printf '%s\n' "$found"
}

# have_sdk: is there a .NET SDK 10? Also where dotnet-install puts it.
have_sdk() {
    if ! command -v dotnet >/dev/null && [[ -x ${DOTNET_ROOT:-$HOME/.dotnet}/dotnet ]]; then
        export DOTNET_ROOT=${DOTNET_ROOT:-$HOME/.dotnet}
        PATH=$DOTNET_ROOT:$PATH
    fi
    command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep '^10\.' >/dev/null
}

# run_quietly LOG COMMAND [ARG...]: nothing is printed unless it fails, then all of it.
run_quietly() {
    local log=$1
    shift
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        die "failed: $*"
    fi
}
