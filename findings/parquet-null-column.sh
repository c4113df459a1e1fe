#!/usr/bin/env bash
# One day's Parquet file whose column is empty closes the whole folder, even to the schema that says what it is.
#
# Versions: pandas 3.1.1 with pyarrow 26.0.1 (the writer), Spark 4.1.0, DuckDB 2.0.1.
# Behaviour: a column with no value at all has no type, and pandas writes it so (Parquet's logical type "unknown").
#   Spark reads such a file since 4.1, the column as void, and a union of the frames of two days is as one would wish.
#   But a read of both days together fails three ways, and the cause named differs from what one set:
#     a declared schema with phone as string -> PARQUET_COLUMN_DATA_TYPE_MISMATCH, "actual Parquet type INT32";
#       with spark.sql.parquet.enableVectorizedReader=false the same read gives all rows;
#     no schema -> the same error, the other way round (void wanted, BINARY found);
#     mergeSchema -> CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE, void and string.
#   DuckDB takes the type of the first file by name: the empty day first, it fails; the empty day last, it reads all.
#   union_by_name reads both.
# Seen: as above; four rows where a read succeeds.
# Source: apache/spark pull request 52922 (SPARK-54220), which brought the type to Spark's Parquet.
# Needs Java 17 or 21.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'pyspark==4.1.0' 'pandas==3.1.1' 'pyarrow==26.0.1' 'duckdb==2.0.1'

cd "$work"
cat > seen.py <<'PY'
import os, re, sys
import duckdb, pandas
from pyspark.sql import SparkSession

empty = pandas.DataFrame({"id": [1, 2], "phone": [None, None]})
filled = pandas.DataFrame({"id": [3, 4], "phone": ["a", "b"]})
for folder, days in (("first", (empty, filled)), ("last", (filled, empty))):
    os.mkdir(folder)
    for number, day in enumerate(days, 1):
        day.to_parquet(f"{folder}/2026-07-0{number}.parquet", index=False)

spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
rows = [(1, None), (2, None), (3, "a"), (4, "b")]

def of(read):
    try:
        return sorted(tuple(row) for row in read())
    except Exception as error:
        if isinstance(error, duckdb.Error):
            return type(error).__name__
        conditions = re.findall(r"\[([A-Z_.]+)\]", str(error))
        return conditions[-1] if conditions else str(error)

declared = lambda: spark.read.schema("id bigint, phone string").parquet("first").collect()
one = lambda day: spark.read.parquet(f"first/2026-07-0{day}.parquet")
mismatch = "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH"
stated = {
    "Spark, type of the empty day": ("void", one(1).schema["phone"].dataType.simpleString()),
    "Spark, union of frames": (rows, of(lambda: one(1).unionByName(one(2)).collect())),
    "Spark, declared schema": (mismatch, of(declared)),
    "Spark, no schema": (mismatch, of(lambda: spark.read.parquet("first").collect())),
    "Spark, mergeSchema": (
        "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE",
        of(lambda: spark.read.option("mergeSchema", True).parquet("first").collect()),
    ),
    "DuckDB, empty day first": ("ConversionException", of(lambda: duckdb.sql("from 'first/*.parquet'").fetchall())),
    "DuckDB, empty day last": (rows, of(lambda: duckdb.sql("from 'last/*.parquet'").fetchall())),
    "DuckDB, union_by_name": (
        rows,
        of(lambda: duckdb.sql("from read_parquet('first/*.parquet', union_by_name = true)").fetchall()),
    ),
}
spark.conf.set("spark.sql.parquet.enableVectorizedReader", "false")
stated["Spark, declared schema, row by row"] = (rows, of(declared))
changed = False
for way, (expected, seen) in stated.items():
    if seen != expected:
        print(f"changed: {way} gives {seen}, stated was {expected}")
        changed = True
print("FAIL" if changed else "PASS: as stated")
sys.exit(changed)
PY
"$work/venv/bin/python" seen.py
