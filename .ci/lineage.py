"""Compares OpenLineage's events with the tables of a workspace, and looks for its people in them.

usage: lineage.py HOME SECRET
"""

import json
import pathlib
import sys

home, secret = pathlib.Path(sys.argv[1]), sys.argv[2]
text = (home / "events").read_text()
events = [json.loads(line) for line in text.splitlines()]


def tables(kind, event):
    return {"/".join(pathlib.Path(data["name"]).parts[-2:]) for data in event.get(kind, [])}


read, wrote = {}, set()
for event in events:
    wrote |= tables("outputs", event)
    for table in tables("outputs", event):
        read.setdefault(table, set()).update(tables("inputs", event))

stored = {
    f"{folder.parent.name}/{folder.name}"
    for layer in ("core", "curated")
    for folder in (home / "warehouse" / layer).iterdir()
}
ours = {table for table in wrote if not table.startswith("ops/")}
if ours != stored:
    sys.exit(f"told of {sorted(ours)}, stored are {sorted(stored)}")
lines = {"core/orders", "core/order_lines", "core/order_returns"}
if not lines <= read["core/customer_purchase_days"]:
    sys.exit(f"core/customer_purchase_days is told to read {sorted(read['core/customer_purchase_days'])}")
known = stored | {f"ops/{folder.name}" for folder in (home / "warehouse/ops").iterdir()}
if strangers := set().union(*read.values()) - known:
    sys.exit(f"told to read {sorted(strangers)}")

people = {secret}
for file in (home / "landing/profiles").iterdir():
    for line in file.read_text().splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue  # The sample has broken lines.
        people |= {str(record[key]) for key in ("id", "name", "email") if len(str(record.get(key) or "")) > 4}
if len(people) < 50:
    sys.exit(f"only {len(people)} values to look for")
if told := [value for value in people if value in text]:
    sys.exit(f"{len(told)} values of records are in the events, as of {told[0][:2]}...")
inputs = sum(1 for table in ours if read[table])
print(f"{len(events)} events tell of {len(ours)} tables, of {inputs} with what was read, and none of {len(people)} names, addresses and ids")
