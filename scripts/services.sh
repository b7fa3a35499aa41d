#!/usr/bin/env bash
# The tests that need a service: the inbox and the records on PostgreSQL, on loopback, in a folder that goes when it ends.
# Installs PostgreSQL where there is none and the machine lets it; says so and ends well where it does not.
set -euo pipefail
cd "$(dirname "$0")/.."

server() { find /usr/lib/postgresql/*/bin /usr/local/bin /usr/bin -maxdepth 1 -name "$1" 2>/dev/null | sort -V | tail -1; }

if [ -z "$(server pg_ctl)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL."
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql) >/dev/null 2>&1 || true
fi
if [ -z "$(server pg_ctl)" ]; then
    echo "Left out: the tests on PostgreSQL, which is not here and cannot be installed."
    exit 0
fi

folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
as_server=()
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    chown postgres "$folder"
    as_server=(runuser -u postgres --)
fi
stop() {
    "${as_server[@]}" "$(server pg_ctl)" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
"${as_server[@]}" "$(server initdb)" -D "$folder/data" -U desk -A trust -E UTF8 >/dev/null
"${as_server[@]}" "$(server pg_ctl)" -D "$folder/data" -w -l "$folder/log" \
    -o "-c listen_addresses=127.0.0.1 -c unix_socket_directories='$folder' -p $port" start >/dev/null

DESK_TEST_POSTGRES="postgresql+psycopg://desk@127.0.0.1:$port/postgres" \
    .venv/bin/python -m pytest -m "not slow and not faults" tests/bot/test_inbox.py "$@"
