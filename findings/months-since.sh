#!/usr/bin/env bash
# "Days since" and "months since" by one name: Spark's datediff has two meanings, DuckDB's a third.
#
# Versions: Spark 4.1.0, DuckDB 2.0.1.
# Behaviour: Spark's datediff(end, start) counts midnights between. With a unit in front, datediff(unit, start, end),
#   it counts whole units that passed, for days as well, so one changes the result by naming the unit. DuckDB's
#   datediff(unit, start, end) counts borders crossed; its datesub counts whole units. From the last day of a month to the
#   last day of a shorter one is a whole month to DuckDB's datesub and to Spark's months_between, and none yet to Spark's
#   datediff(month, ...), so two functions of one engine disagree on it.
# Seen:
#   from 2026-03-07 23:00 to 2026-03-08 01:00, days:
#     Spark datediff(end, start) 1, Spark datediff(day, start, end) 0, DuckDB datediff 1, DuckDB datesub 0
#   from 2026-01-31 to 2026-02-28, months:
#     Spark datediff(month, ...) 0, Spark months_between 1.0, DuckDB datediff 1, DuckDB datesub 1
#   from 2026-01-31 to 2026-03-01, months:
#     Spark datediff(month, ...) 1, Spark months_between 1.03225806, DuckDB datediff 2, DuckDB datesub 1
# Needs Java 17 or 21.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'pyspark==4.1.0' 'duckdb==2.0.1'

cd "$work"
cat > seen.py <<'PY'
import sys
import duckdb
from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
evening, night = "timestamp'2026-03-07 23:00:00'", "timestamp'2026-03-08 01:00:00'"
january, february, march = "date'2026-01-31'", "date'2026-02-28'", "date'2026-03-01'"

def by_spark(*expressions):
    return spark.sql("select " + ", ".join(expressions)).first()

def by_duckdb(*expressions):
    return duckdb.sql("select " + ", ".join(expressions)).fetchall()[0]

stated = {
    "Spark, days": ((1, 0), by_spark(f"datediff({night}, {evening})", f"datediff(day, {evening}, {night})")),
    "DuckDB, days": ((1, 0), by_duckdb(*[f"{f}('day', {evening}, {night})" for f in ("datediff", "datesub")])),
    "Spark, months to February": (
        (0, 1.0),
        by_spark(f"datediff(month, {january}, {february})", f"months_between({february}, {january})"),
    ),
    "DuckDB, months to February": (
        (1, 1),
        by_duckdb(*[f"{f}('month', {january}, {february})" for f in ("datediff", "datesub")]),
    ),
    "Spark, months to March": (
        (1, 1.03225806),
        by_spark(f"datediff(month, {january}, {march})", f"months_between({march}, {january})"),
    ),
    "DuckDB, months to March": (
        (2, 1),
        by_duckdb(*[f"{f}('month', {january}, {march})" for f in ("datediff", "datesub")]),
    ),
}
changed = False
for way, (expected, seen) in stated.items():
    if tuple(seen) != expected:
        print(f"changed: {way} gives {tuple(seen)}, stated was {expected}")
        changed = True
print("FAIL" if changed else "PASS: as stated")
sys.exit(changed)
PY
"$work/venv/bin/python" seen.py
