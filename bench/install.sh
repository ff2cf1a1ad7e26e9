#!/usr/bin/env bash
# What the benchmarks measure the product against: PostgreSQL from Debian, DuckDB and exceljs from npm. Run once, as root or with sudo.
set -euo pipefail
cd "$(dirname "$0")"
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
missing=()
ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || missing+=(postgresql)
command -v npm > /dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
  as_root apt-get update -q
  # a cluster of the machine's own is not wanted: the bench makes one in a scratch folder
  as_root mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf > /dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
(cd exceljs && npm install --no-audit --no-fund) || echo "exceljs could not be installed from npm; the bench will say so and go on without it." >&2
# not `npm ci`: the lock holds the bindings of this kind of machine only
(cd duckdb && npm install --no-audit --no-fund) || echo "DuckDB could not be installed from npm; the bench will say so and go on without it." >&2
