"""Reads tables of a workspace with one engine, and compares with what Spark read.

usage: read_tables.py clickhouse|delta-rs|duckdb FOLDER

FOLDER holds warehouse/, the answer of Spark, and the SQL that crm tables prints for the engine.
"""

import csv
import os
import pathlib
import sys

reader, folder = sys.argv[1], pathlib.Path(sys.argv[2]).absolute()


def text(name):
    return (folder / name).read_text()


def answer_of_spark(name):
    return list(csv.reader(text(name).splitlines()))[1:]


expected = {table: sums.split() for table, sums in answer_of_spark("spark")}


def stored_tables():
    """The folders of the tables, by the names that Spark's answer has."""
    for path in sorted((folder / "warehouse").glob("c*/*")):
        if path.name in expected:
            yield f"{path.parent.name}.{path.name}", path


def clickhouse():
    """Registers the tables as views and asks them."""
    from chdb.session import Session

    # ClickHouse opens files below its user_files_path alone, which is where chDB was started.
    os.chdir("/")
    session = Session()
    for statement in text("clickhouse.register").split(";\n"):
        session.query(statement)

    def ask(query):
        return csv.reader(session.query(text(query), "CSV").bytes().decode().splitlines())

    return ask("clickhouse.checksum"), ask("latest.query")


def delta_rs():
    """delta-rs reads the rows, DuckDB only sums them."""
    import duckdb
    from deltalake import DeltaTable

    database = duckdb.connect()
    database.sql("SET TimeZone = 'UTC'; CREATE SCHEMA curated; CREATE SCHEMA core")
    for table, path in stored_tables():
        rows = DeltaTable(path).to_pyarrow_table()
        database.register("arrow", rows)
        database.sql(f"CREATE TABLE {table} AS SELECT * FROM arrow")
    return answers(database)


def answers(database):
    """The checksums of the tables, and what the views of their newest dates hold."""
    for statement in text("duckdb.register").split(";\n"):
        if "_latest AS " in statement:
            database.sql(statement)
    return database.sql(text("duckdb.checksum")).fetchall(), database.sql(
        text("latest.query")
    ).fetchall()


def duckdb_alone():
    """By its delta extension; where that cannot be loaded, over the files that delta-rs lists."""
    import duckdb
    from deltalake import DeltaTable

    database = duckdb.connect()
    database.sql("SET TimeZone = 'UTC'")
    try:
        for statement in text("duckdb.register").split(";\n"):
            database.sql(statement)
    except duckdb.Error:
        print(
            "SKIPPED .ci/readers duckdb delta_scan: its delta extension cannot be downloaded, so"
            " crm tables --register duckdb was not run; it reads the Parquet files of the table's"
            " newest version instead, which delta-rs lists"
        )
        database.sql("CREATE SCHEMA IF NOT EXISTS curated; CREATE SCHEMA core")
        for table, path in stored_tables():
            stored = DeltaTable(path)
            rows = (
                database.read_parquet(
                    stored.file_uris(), hive_partitioning=True, union_by_name=True
                )
                if stored.file_uris()
                else database.from_arrow(stored.to_pyarrow_table())
            )
            rows.create_view("files", replace=True)
            database.sql(f"CREATE TABLE {table} AS SELECT * FROM files")
    return answers(database)


readers = {"clickhouse": clickhouse, "delta-rs": delta_rs, "duckdb": duckdb_alone}
checksums, latest = readers[reader]()
found = {table: sums.split() for table, sums in checksums}


def views(rows):
    """What each view holds; of one without rows its dates are nothing, however an engine says so."""
    return {name: [count, *dates] if count != "0" else [] for name, count, *dates in rows}


found_views = views([str(value) for value in row] for row in latest)
if found_views != views(answer_of_spark("latest.spark")) or not found_views:
    sys.exit(f"{reader}: the views of the newest dates hold {found_views}")
if expected.keys() != found.keys() or not expected:
    sys.exit(f"{reader}: read {sorted(found)}, Spark {sorted(expected)}")
for table in expected:
    if expected[table] != found[table]:
        differences = set(expected[table]) ^ set(found[table])
        sys.exit(f"{reader}: {table} differs from what Spark read: {sorted(differences)}")
print(
    f"{reader}: {len(found)} tables are equal, {sum(map(len, found.values()))} checksums,"
    f" and {len(found_views)} views of newest dates"
)
