#!/usr/bin/env bash
# "Valid to infinity" in a Parquet file: a date in the year 5881580 to Spark, an unreadable file to ClickHouse.
#
# Versions: DuckDB 2.0.1 (the writer), Spark 4.1.0, chdb 4.4.0 (ClickHouse 26.9).
# Behaviour: PostgreSQL and DuckDB know the dates infinity and -infinity, and tables of periods use them for "until
#   further notice". Parquet has no such value: DuckDB writes the greatest number without a note, and only DuckDB reads it
#   back as infinity. To Spark it is a common date, which sorts last; a day of grace added to it is the first day of all
#   dates, so that what never ends has long ended, without an error though ANSI mode is on; the days that are left come to
#   thousands of millions. ClickHouse refuses the whole file.
# Seen:
#   date infinity       Spark +5881580-07-11                    -infinity  -5877641-06-24
#   timestamp infinity  Spark +294247-01-10 04:00:54.775807     -infinity  -290308-12-21 19:59:05.224193
#   date_add(date infinity, 1) in Spark -5877641-06-23; days from 2026-10-07 to it 2147462914
#   DuckDB, from its own file and from Spark's copy of it: infinity, -infinity
#   chdb: VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
# Source: duckdb/pg_duckdb issue 629, the same numbers in PostgreSQL.
# Needs Java 17 or 21.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'pyspark==4.1.0' 'duckdb==2.0.1' 'chdb==4.4.0'

cd "$work"
cat > seen.py <<'PY'
import subprocess, sys
import duckdb
from pyspark.sql import SparkSession

duckdb.sql(
    "copy (select id, cast(v as date) d, cast(v as timestamp) t from (values (1, 'infinity'), (2, '-infinity')) p(id, v))"
    " to 'periods.parquet'"
)
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
periods = spark.read.parquet("periods.parquet").orderBy("id")
periods.coalesce(1).write.parquet("copy")

def of_first(expression):
    return periods.selectExpr(f"cast({expression} as string)").first()[0]

def by_duckdb(files):
    return duckdb.sql(f"select cast(d as varchar), cast(t as varchar) from '{files}' order by id").fetchall()

query = "import chdb; chdb.query(\"select d from file('periods.parquet')\")"
clickhouse = subprocess.run([sys.executable, "-c", query], capture_output=True, text=True).stderr
infinite = [("infinity", "infinity"), ("-infinity", "-infinity")]
stated = {
    "Spark": (
        [("+5881580-07-11", "+294247-01-10 04:00:54.775807"), ("-5877641-06-24", "-290308-12-21 19:59:05.224193")],
        [tuple(row) for row in periods.selectExpr("cast(d as string)", "cast(t as string)").collect()],
    ),
    "Spark, date_add": ("-5877641-06-23", of_first("date_add(d, 1)")),
    "Spark, days left": ("2147462914", of_first("datediff(d, date'2026-10-07')")),
    "DuckDB": (infinite, by_duckdb("periods.parquet")),
    "DuckDB, Spark's copy": (infinite, by_duckdb("copy/*.parquet")),
    "ClickHouse": (True, "VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE" in clickhouse),
}
changed = False
for way, (expected, seen) in stated.items():
    if seen != expected:
        print(f"changed: {way} gives {seen}, stated was {expected}")
        changed = True
print("FAIL" if changed else "PASS: as stated")
sys.exit(changed)
PY
"$work/venv/bin/python" seen.py
