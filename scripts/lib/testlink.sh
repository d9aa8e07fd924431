# shellcheck shell=bash
# The simulated link before a server. Needs common.sh, and scripts/build.

# start_link HOST:PORT [OPTION...]: options as testlink takes them (--rtt 30ms --bandwidth 1Gbit). Ends with the script. Sets
#   LINK_ADDRESS  127.0.0.1:PORT, where clients connect
#   LINK_CONTROL  127.0.0.1:PORT, where link_command asks
start_link() {
    local program=$ROOT/artifacts/tools/testlink to=$1 output
    shift
    [[ -x $program ]] || die "artifacts/tools/testlink is missing: run scripts/build"
    make_temporary
    output=$TEMPORARY/testlink
    : >"$output"
    start "$program" --to "$to" --control 127.0.0.1:0 "$@" >"$output" 2>&1
    wait_until 20 first_word_after control "$output" || die "the simulated link did not start"
    # shellcheck disable=SC2034  # for the caller
    LINK_ADDRESS=$(first_word_after listening "$output")
    LINK_CONTROL=$(first_word_after control "$output")
}

# link_command WORD...: gives the link a command (stall on, cut 1000, stats, ...) and prints its answer.
link_command() {
    local answer
    exec 4<>"/dev/tcp/${LINK_CONTROL/://}"
    printf '%s\n' "$*" >&4
    IFS= read -r answer <&4
    exec 4>&-
    printf '%s\n' "$answer"
    [[ $answer != error:* ]]
}
