#!/usr/bin/env bash
# Text of three decimals into a column of two: four readers, three amounts, and none of them says so but one.
#
# Versions: DuckDB 2.0.1, polars 2.1.0, chdb 4.4.0 (ClickHouse 26.9), pyarrow 26.0.1.
# Behaviour of a cast of text to decimal(10,2), and of decimal(10,4) to decimal(10,2) just so:
#   DuckDB rounds half away from zero (as Spark and PostgreSQL do), polars half to even, which for money cast from text
#   is new (it cut digits off until 2024), ClickHouse cuts digits off, by CAST and toDecimal64 alike, pyarrow refuses;
#   told safe=False, which is there for overflow too, it cuts off.
# Seen:
#   text       DuckDB   polars   ClickHouse   pyarrow, safe=False
#   1.005      1.01     1.00     1.00         1.00
#   1.015      1.02     1.02     1.01         1.01
#   1.009      1.01     1.01     1.00         1.00
#   -1.005     -1.01    -1.00    -1.00        -1.00
# Source: pola-rs/polars issue 15154 (closed), ClickHouse/ClickHouse issue 67831 (open).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'duckdb==2.0.1' 'polars==2.1.0' 'chdb==4.4.0' 'pyarrow==26.0.1'

cat > "$work/amounts.py" <<'PY'
import sys
from decimal import Decimal

reader, wide, *texts = sys.argv[1:]
through = wide == "decimal"
if reader == "duckdb":
    import duckdb

    def amount(text):
        value = f"cast('{text}' as decimal(10,4))" if through else f"'{text}'"
        return duckdb.sql(f"select cast({value} as decimal(10,2))").fetchall()[0][0]
elif reader == "polars":
    import polars

    def amount(text):
        column = polars.Series([text])
        return (column.cast(polars.Decimal(10, 4)) if through else column).cast(polars.Decimal(10, 2))[0]
elif reader == "chdb":
    import chdb

    def amount(text):
        value = f"toDecimal64('{text}', 4)" if through else f"'{text}'"
        answer = chdb.query(f"select toDecimal64({value}, 2), cast({value}, 'Decimal(10,2)')", "TSV")
        one, other = str(answer).split()
        assert one == other, (one, other)
        return Decimal(one)
else:
    import pyarrow

    def amount(text):
        to = pyarrow.decimal128(10, 2)
        column = pyarrow.array([Decimal(text)], pyarrow.decimal128(10, 4)) if through else pyarrow.array([text])
        try:
            column.cast(to)
        except pyarrow.ArrowInvalid:
            return column.cast(to, safe=False)[0].as_py() if through else "refused"
        return "taken"
print(" ".join(value if isinstance(value, str) else f"{value:.2f}" for value in map(amount, texts)))
PY

changed=0
expect() { # reader, from text or decimal, the amounts
  local reader=$1 from=$2 seen
  shift 2
  seen=$("$work/venv/bin/python" "$work/amounts.py" "$reader" "$from" 1.005 1.015 1.009 -1.005)
  if [ "$seen" != "$*" ]; then
    echo "changed: $reader casts $from to $seen, stated was $*"
    changed=1
  fi
}
for from in text decimal; do
  expect duckdb $from 1.01 1.02 1.01 -1.01
  expect polars $from 1.00 1.02 1.01 -1.00
  expect chdb $from 1.00 1.01 1.00 -1.00
done
expect pyarrow text refused refused refused refused
expect pyarrow decimal 1.00 1.01 1.00 -1.00
[ "$changed" = 0 ] || { echo FAIL; exit 1; }
echo "PASS: as stated"
