"""Reads what is published in a workspace, over and over, until the workspace has a file named done.

usage: watch_published.py FOLDER

Prints a line for each run it comes to see, in the warehouse and among the copies, and ends with an
error where the tables of one look are of different dates, a run looks other than it did before, an
older run comes back, or nothing can be read.
"""

import hashlib
import json
import pathlib
import sys
import time

import pyarrow.parquet as parquet
from deltalake import DeltaTable

folder = pathlib.Path(sys.argv[1])
TABLES = ("customer_rfm", "customer_interests")


def newest(rows):
    """The newest date of a table and how many rows it has."""
    dates = rows.column("logical_date").to_pylist()
    last = max(dates)
    return str(last), dates.count(last)


def in_warehouse():
    warehouse = folder / "warehouse"
    pointer = json.loads((warehouse / "_published/current.json").read_text())
    found = {}
    for table in TABLES:
        version = pointer["tables"]["curated." + table]
        stored = DeltaTable(warehouse / "curated" / table, version=version)
        found[table] = newest(stored.to_pyarrow_table(columns=["logical_date"]))
    return pointer["run_id"], found


def among_copies():
    pointer = json.loads((folder / "published/current.json").read_text())
    copies = folder / "published" / pointer["folder"]
    manifest = json.loads((copies / "manifest.json").read_text())
    found = {}
    for table in TABLES:
        told = manifest["tables"][table]
        for file in told["files"]:
            content = (copies / file["path"]).read_bytes()
            if hashlib.sha256(content).hexdigest() != file["sha256"]:
                sys.exit(f"{file['path']} is not what its manifest says")
        found[table] = newest(parquet.read_table(copies / table, columns=["logical_date"]))
        if found[table][1] != told["rows"]:
            sys.exit(f"{table} has {found[table][1]} rows, its manifest says {told['rows']}")
    return pointer["folder"], found


def look(where, read, seen):
    run, found = read()
    dates = {date for date, _ in found.values()}
    if len(dates) != 1:
        sys.exit(f"{where}: a mixture, {found}")
    if run not in seen:
        seen[run] = found
        print(where, dates.pop(), flush=True)
    elif seen[run] != found or run != list(seen)[-1]:
        sys.exit(f"{where}: {run} was {seen[run]}, newest {list(seen)[-1]}; now {found}")


warehouse, copies, looks = {}, {}, 0
while not (folder / "done").exists():
    look("warehouse", in_warehouse, warehouse)
    look("copies", among_copies, copies)
    looks += 1
    time.sleep(0.02)
print("asked", looks, "times")
