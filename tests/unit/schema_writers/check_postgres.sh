#!/bin/sh
# check_postgres.sh PROGRAM MODEL.json…: the SQL that PROGRAM (write_model) makes of each model must run in a real PostgreSQL.
# A throw-away cluster on a unix socket in a temporary folder; as another user when started by root, which PostgreSQL refuses.
# Exit status 77 when there is no PostgreSQL on this machine.
set -eu
program=$1
shift

bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || echo /nonexistent/initdb)")
if [ ! -x "$bin/initdb" ]; then
  echo "SKIPPED: no PostgreSQL server on this machine (apt-get install postgresql)"
  exit 77
fi

folder=$(mktemp -d)
as=""
if [ "$(id -u)" = 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  as="runuser -u $user --"
  chown "$user" "$folder"
fi
# The other user may not see the current folder.
run() { (cd "$folder" && $as "$@"); }
stop() {
  run "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT INT TERM

run "$bin/initdb" -D "$folder/data" -U test -A trust -E UTF8 --no-locale --no-sync >/dev/null
run "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off" start >/dev/null

failures=0
count=0
for model in "$@"; do
  count=$((count + 1))
  run "$bin/createdb" -h "$folder" -U test "db$count"
  "$program" sql "$model" >"$folder/schema.sql"
  chmod a+r "$folder/schema.sql"
  if ! run "$bin/psql" -h "$folder" -U test -d "db$count" -X -q -v ON_ERROR_STOP=1 -f "$folder/schema.sql"; then
    echo "FAILED $model"
    failures=$((failures + 1))
  fi
done
echo "$count models, $failures failures"
[ "$failures" = 0 ]
