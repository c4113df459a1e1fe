#!/usr/bin/env bash
# A generated day is another day by who writes: Spark's by its session zone, delta-rs' by UTC, and each refuses the
# other's.
#
# Versions: Spark 4.1.0 with delta-spark 4.4.0 (session zone America/New_York), deltalake 1.6.6.
# Behaviour: the table declares day DATE GENERATED ALWAYS AS (CAST(at AS DATE)). The expression is in the table, the
#   zone that it is reckoned in is not. For the same moment, 2026-07-03T03:30:00Z, Spark fills in 2 July and delta-rs
#   3 July, both without a word. Given the day, each holds it to its own: delta-rs refuses Spark's 2 July as invalid
#   data, Spark refuses 3 July by DELTA_VIOLATE_CONSTRAINT_WITH_VALUES. So two writers of one table either disagree
#   or block each other, and a filter on the day misses rows.
# Seen: as above.
# Source: delta-io/delta issue 2343 has the like of two sessions of Spark.
# Needs Java 17 or 21, and Maven.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'pyspark==4.1.0' 'deltalake==1.6.6' 'pyarrow==26.0.1'

cd "$work"
{
  echo '<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version>'
  echo '<dependencies>'
  for jar in delta:delta-{spark_4.1_2.13,storage,kernel-api,kernel-defaults,kernel-unitycatalog}:4.4.0 \
    unitycatalog:unitycatalog-{client,hadoop}:0.6.0; do
    IFS=: read -r group artifact version <<< "$jar"
    echo "<dependency><groupId>io.$group</groupId><artifactId>$artifact</artifactId><version>$version</version>"
    echo '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>'
  done
  echo '</dependencies></project>'
} > pom.xml
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=jars

cat > seen.py <<'PY'
import glob, os, re
from datetime import date, datetime, timezone
import pyarrow
from deltalake import write_deltalake
from pyspark.sql import SparkSession

spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.shuffle.partitions", 1)
    .config("spark.databricks.delta.snapshotPartitions", 1)
    .config("spark.jars", ",".join(glob.glob(os.path.abspath("jars/*.jar"))))
    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
    .config("spark.sql.session.timeZone", "America/New_York")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
spark.sql(
    "create table visits (id bigint, at timestamp, day date generated always as (cast(at as date)))"
    " using delta"
)
folder = os.path.abspath("spark-warehouse/visits")
at = pyarrow.array([datetime(2026, 7, 3, 3, 30, tzinfo=timezone.utc)], pyarrow.timestamp("us", "UTC"))

def by_rust(id, **day):
    try:
        write_deltalake(folder, pyarrow.table({"id": pyarrow.array([id]), "at": at, **day}), mode="append")
        return "written"
    except Exception as error:
        return "refused" if "failed validation check" in str(error) else str(error)

def by_spark(columns, values):
    try:
        spark.sql(f"insert into visits ({columns}) values ({values})")
        return "written"
    except Exception as error:
        return re.findall(r"\[([A-Z_.]+)\]", str(error))[0]

def day(id):
    found = spark.read.format("delta").load(folder).where(f"id = {id}").selectExpr("cast(day as string)").first()
    return found and found[0]

moment = "timestamp'2026-07-03 03:30:00+00:00'"
stated = {
    "Spark": ("written", by_spark("id, at", f"1, {moment}")),
    "delta-rs": ("written", by_rust(2)),
    "delta-rs, given Spark's day": ("refused", by_rust(3, day=pyarrow.array([date(2026, 7, 2)]))),
    "Spark, given delta-rs' day": (
        "DELTA_VIOLATE_CONSTRAINT_WITH_VALUES",
        by_spark("id, at, day", f"4, {moment}, date'2026-07-03'"),
    ),
    "Spark's day": ("2026-07-02", day(1)),
    "delta-rs' day": ("2026-07-03", day(2)),
}
changed = False
for way, (expected, seen) in stated.items():
    if seen != expected:
        print(f"changed: {way} gives {seen}, stated was {expected}")
        changed = True
print("FAIL" if changed else "PASS: as stated", flush=True)
spark.stop()
os._exit(changed)  # without the end of the interpreter, which can meet threads of the readers
PY
"$work/venv/bin/python" seen.py
