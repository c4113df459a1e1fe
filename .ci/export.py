"""Delivers customers whose names are formulas, and compares an exported file with what LibreOffice made of it.

usage: export.py deliver HOME | export.py compare HOME CSV XLSX careful|hasty
"""

import csv
import json
import pathlib
import re
import sys

PROJECT = pathlib.Path(__file__).absolute().parent.parent


def payloads():
    """Those of the test, which is the one list of them."""
    source = PROJECT / "jobs/src/test/java/crm/export/audience/Payloads.java"
    literals = re.findall(r'^ +("(?:[^"\\]|\\.)*")[,)]', source.read_text(), re.M)
    return [json.loads(literal) for literal in literals]


def deliver(home):
    """The source people: one customer per payload, all of whom agreed."""
    folder = pathlib.Path(home)
    for below in ("landing", "conf/sources", "conf/audiences"):
        (folder / below).mkdir(parents=True)
    (folder / "conf/crm.conf").write_text("sources = [people]\n")
    tables = ("customers { columns { customer_id = id, full_name = name, country = country, registered_at = at } }\n"
        "contact_points { columns { customer_id = id, channel = \"'email'\", value = email } }\n"
        "consents { columns { customer_id = id, channel = \"'email'\", purpose = \"'marketing'\","
        " status = \"'granted'\", captured_at = at } }\n")
    (folder / "conf/sources/people.conf").write_text(
        "source = people\nmax-rejected-percent = 100\nfeeds.people {\n"
        'files = "people_{date}.jsonl", format { type = json }\ntables {\n' + tables + "}\n}\n")
    with open(folder / "landing/people_2026-01-02.jsonl", "w", encoding="utf-8") as file:
        for number, payload in enumerate(payloads(), 1):
            local = re.sub(r'[\s@<>(),;:\\"\u200b\ufeff]', "", payload) or "x"
            file.write(json.dumps({"id": str(number), "name": payload, "country": payload, "at": "2026-01-01 10:00:00",
                "email": f"{local}@example.com"}) + "\n")


def compare(home, exported, opened, way):
    """Every cell is what the file says, text as text, and none is a formula."""
    import openpyxl

    with open(exported, newline="", encoding="utf-8") as file:
        expected = list(csv.reader(file))
    sheet = openpyxl.load_workbook(opened).active
    found = list(sheet.iter_rows())
    if len(expected) != 1 + len(payloads()) or len(found) != len(expected):
        sys.exit(f"{way}: {len(found)} lines were opened, of {len(expected)} that were written")
    texts, numbers = 0, 0
    for wanted, cells in zip(expected, found):
        for heading, value, cell in zip(expected[0], wanted, cells):
            if cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith("=")):
                sys.exit(f"{way}: {cell.coordinate} is a formula: {cell.value!r}")
            if cell.row > 1 and heading in ("below_zero", "share"):
                if cell.data_type != "n" or abs(cell.value - float(value)) > 1e-9 * abs(float(value)):
                    sys.exit(f"{way}: {cell.coordinate} is {cell.value!r} and was {value!r}")
                numbers += 1
            elif way == "careful" and heading != "registered_on":
                shown = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda c: chr(int(c[1], 16)), str(cell.value or ""))
                if cell.data_type == "n" or plain(shown) != plain(value):
                    sys.exit(f"{way}: {cell.coordinate} is {cell.value!r} and was {value!r}")
                texts += 1
    print(f"LibreOffice, {way}: {len(found)} lines without a formula, {texts} texts and {numbers} numbers are equal")


def plain(text):
    """A spreadsheet has one way to break a line within a cell."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


{"deliver": deliver, "compare": compare}[sys.argv[1]](*sys.argv[2:])
