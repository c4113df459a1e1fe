#!/usr/bin/env bash
# A Delta table with column mapping, read by delta-rs: one method gives the rows, the other the same number of NULLs.
#
# Versions: Spark 4.1.0 with delta-spark 4.4.0 (the writer), deltalake 1.6.6 with pyarrow 26.0.1.
# Behaviour: with delta.columnMapping.mode = name, which renaming or dropping a column asks for, files hold their
#   columns under names of their own (col- and a UUID). deltalake's QueryBuilder maps them. Its to_pyarrow_table and
#   to_pyarrow_dataset look for the names of today, find none, and give NULL in every column of every row: the schema
#   is right, the number of rows is right, no error and no warning. They do refuse tables at reader version 3 that name
#   the feature columnMapping; Spark makes it reader version 2 as long as nothing asks for more, and there is no name
#   then.
#   A table that was made without the mapping and upgraded later keeps its old names in the files, so there only the
#   columns renamed or added since turn to NULL.
# Seen for rows (1, 'a') and (2, 'b'):
#   QueryBuilder [(1, 'a'), (2, 'b')], to_pyarrow_table [(None, None), (None, None)]
#   upgraded, then phone renamed to mobile: to_pyarrow_table [(1, None), (2, None)]
# Source: none found for delta-rs; duckdb/duckdb-delta issue 343 is the like of partition columns.
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
import glob, os
import pyarrow
from deltalake import DeltaTable, QueryBuilder
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
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
mapped = "'delta.columnMapping.mode' = 'name'"
spark.sql(f"create table mapped (id int, phone string) using delta tblproperties ({mapped})")
spark.sql("create table upgraded (id int, phone string) using delta")
for table in ("mapped", "upgraded"):
    spark.sql(f"insert into {table} values (1, 'a'), (2, 'b')")
versions = "'delta.minReaderVersion' = '2', 'delta.minWriterVersion' = '5'"
spark.sql(f"alter table upgraded set tblproperties ({mapped}, {versions})")
spark.sql("alter table upgraded rename column phone to mobile")

def table(name):
    return DeltaTable("spark-warehouse/" + name)

def rows(arrow):
    return sorted((tuple(row.values()) for row in pyarrow.table(arrow).to_pylist()), key=str)

def query(name):
    return rows(QueryBuilder().register("t", table(name)).execute("select * from t").read_all())

full, none = [(1, "a"), (2, "b")], [(None, None), (None, None)]
stated = {
    "Spark": (full, sorted(tuple(row) for row in spark.table("mapped").collect())),
    "reader version": (2, table("mapped").protocol().min_reader_version),
    "QueryBuilder": (full, query("mapped")),
    "to_pyarrow_table": (none, rows(table("mapped").to_pyarrow_table())),
    "to_pyarrow_dataset": (none, rows(table("mapped").to_pyarrow_dataset().to_table())),
    "names": (["id", "phone"], table("mapped").to_pyarrow_table().column_names),
    "QueryBuilder, upgraded": (full, query("upgraded")),
    "to_pyarrow_table, upgraded": ([(1, None), (2, None)], rows(table("upgraded").to_pyarrow_table())),
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
