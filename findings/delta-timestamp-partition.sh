#!/usr/bin/env bash
# A Delta table partitioned by a timestamp, written in a session that is not at UTC: polars reads other moments.
#
# Versions: Spark 4.1.0 with delta-spark 4.4.0 (the writer, session zone America/New_York), deltalake 1.6.6,
#           polars 2.1.0.
# Behaviour: Delta's log holds the partition value in UTC, while the folder's name, which means nothing by the
#   protocol, holds the session's local time without a zone. polars' scan_delta takes the values from the folders'
#   names and calls them UTC: silently four hours early in summer, five in winter. delta-rs reads the log and agrees
#   with Spark.
# Seen for midnight in New York on 2026-07-01:
#   log     2026-07-01T04:00:00.000000Z    folder  p=2026-07-01 00%3A00%3A00
#   deltalake 2026-07-01 04:00 UTC, polars 2026-07-01 00:00 UTC
#   With deltalake as the writer all agree, for it names the folders in UTC.
# Source: pola-rs/polars issue 23391 (of folders encoded twice; nothing on zones); delta-io/delta pull request 5599.
# Needs Java 17 or 21, and Maven.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'pyspark==4.1.0' 'deltalake==1.6.6' 'polars==2.1.0' 'pyarrow==26.0.1' 'tzdata==2026.6'

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
import glob, json, os
from datetime import datetime, timezone
import polars, pyarrow
from deltalake import DeltaTable, write_deltalake
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
spark.sql("select 1 id, timestamp'2026-07-01 00:00:00' p").write.format("delta").partitionBy("p").save("spark")
moment = datetime(2026, 7, 1, 4, tzinfo=timezone.utc)
column = pyarrow.array([moment], pyarrow.timestamp("us", "UTC"))
write_deltalake("rust", pyarrow.table({"id": pyarrow.array([1]), "p": column}), partition_by=["p"])

def by_polars(table):
    return polars.read_delta(table)["p"][0].strftime("%Y-%m-%d %H:%M %Z")

def by_deltalake(table):
    return DeltaTable(table).to_pyarrow_table()["p"][0].as_py().strftime("%Y-%m-%d %H:%M %Z")

seconds = spark.read.format("delta").load("spark").selectExpr("unix_seconds(p)").first()[0]
added = [json.loads(line) for line in open(glob.glob("spark/_delta_log/*0.json")[0])]
stated = {
    "log": ("2026-07-01T04:00:00.000000Z", [a["add"]["partitionValues"]["p"] for a in added if "add" in a][0]),
    "folder": (["spark/p=2026-07-01 00%3A00%3A00"], glob.glob("spark/p=*")),
    "Spark, seconds": (moment.timestamp(), seconds),
    "deltalake of Spark's": ("2026-07-01 04:00 UTC", by_deltalake("spark")),
    "polars of Spark's": ("2026-07-01 00:00 UTC", by_polars("spark")),
    "deltalake of deltalake's": ("2026-07-01 04:00 UTC", by_deltalake("rust")),
    "polars of deltalake's": ("2026-07-01 04:00 UTC", by_polars("rust")),
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
