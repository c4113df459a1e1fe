#!/usr/bin/env bash
# One stored moment, one zone, two local days: the newest readers carry different time zone data.
#
# British Columbia and Alberta put their clocks forward in March 2026 for the last time (tz database 2026b and 2026c),
# the Northwest Territories followed (2026d). Libraries that carry their own copy of the database take it up release by
# release, and the newest release need not have it: polars 2.1.0 still puts the clocks back on 2026-11-01.
#
# Versions: duckdb 2.0.1 (its ICU), polars 2.1.0 (chrono-tz), chdb 4.4.0 (ClickHouse 26.9, 2026c), and tzdata 2026.6
#           by Python's zoneinfo, the search path for the machine's own database emptied.
# Seen, local day in December 2026:
#   moment                zone               tzdata      duckdb      chdb        polars
#   2026-12-16T07:30:00Z  America/Vancouver  2026-12-16  2026-12-16  2026-12-16  2026-12-15
#   2026-12-16T06:30:00Z  America/Edmonton   2026-12-16  2026-12-16  2026-12-16  2026-12-15
#   2026-12-16T06:30:00Z  America/Inuvik     2026-12-16  2026-12-16  2026-12-15  2026-12-15
# In summer all four agree. In winter an hour of every day is at stake.
# Source: eggert/tz, NEWS of 2026b, 2026c and 2026d; ClickHouse/ClickHouse issue 120812 on 2026d.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'duckdb==2.0.1' 'polars==2.1.0' 'chdb==4.4.0' 'tzdata==2026.6'

cat > "$work/day.py" <<'PY'
import sys
from datetime import datetime, timezone

reader, moment, zone = sys.argv[1:]
at = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
if reader == "tzdata":
    import zoneinfo
    zoneinfo.reset_tzpath(to=[])
    day = at.astimezone(zoneinfo.ZoneInfo(zone)).date()
elif reader == "duckdb":
    import duckdb
    connection = duckdb.connect()
    connection.execute(f"set timezone = '{zone}'")
    day = connection.execute(f"select cast(timestamptz '{moment}+00' as date)").fetchone()[0]
elif reader == "polars":
    import polars
    day = polars.Series([at]).dt.convert_time_zone(zone).dt.date()[0]
else:
    import chdb
    day = str(chdb.query(f"select toDate(toDateTime({int(at.timestamp())}, '{zone}'), '{zone}')")).strip().strip('"')
print(day)
PY

changed=0
expect() { # moment, zone, then the days of tzdata, duckdb, chdb and polars
  local moment=$1 zone=$2 reader day
  shift 2
  for reader in tzdata duckdb chdb polars; do
    day=$("$work/venv/bin/python" "$work/day.py" "$reader" "$moment" "$zone")
    if [ "$day" != "$1" ]; then
      echo "changed: $reader puts $moment in $zone on $day, stated was $1"
      changed=1
    fi
    shift
  done
}
expect 2026-12-16T07:30:00 America/Vancouver 2026-12-16 2026-12-16 2026-12-16 2026-12-15
expect 2026-12-16T06:30:00 America/Edmonton 2026-12-16 2026-12-16 2026-12-16 2026-12-15
expect 2026-12-16T06:30:00 America/Inuvik 2026-12-16 2026-12-16 2026-12-15 2026-12-15
expect 2026-07-16T06:30:00 America/Vancouver 2026-07-15 2026-07-15 2026-07-15 2026-07-15
expect 2026-07-16T06:30:00 America/Edmonton 2026-07-16 2026-07-16 2026-07-16 2026-07-16
[ "$changed" = 0 ] || { echo FAIL; exit 1; }
echo "PASS: as stated"
