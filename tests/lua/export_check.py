"""export_check.py MODEL KIND FILE: reads what `tipl export` wrote with a reader that is not tipl's (csv and json of
Python, or the rows that the sqlite3 shell printed as JSON) and compares it with the model, fact by fact."""
import csv
import json
import sys

FIELDS = ("id metric value high unit bound state from to basis form who source status relation of certainty "
          "evidence offset flags uses phase year length noun actor recipient purpose section sentence rule").split()
REPORT = ["file", "country", "iso3", "edition"]


def unhex(cell):
    return None if cell == "-" else bytes.fromhex(cell).decode()


def model(path):
    for line in open(path, encoding="utf-8"):
        cells = [unhex(cell) for cell in line.split()]
        yield dict(zip(REPORT + FIELDS, cells))


def from_csv(path):
    """A cell that a spreadsheet would take for a formula has a "'" in front."""
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    assert text.count("\n") == text.count("\r\n") + text.replace("\r\n", "").count("\n")
    assert text.endswith("\r\n")
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            for name, cell in row.items():
                assert len(cell) < 2 or cell[0] not in "=@\t\r" , cell
                if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r"):
                    cell = cell[1:]
                row[name] = None if cell == "-" else cell
            yield row


def from_jsonl(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            row = json.loads(line, parse_float=str, parse_int=str)
            assert list(row) == REPORT + FIELDS, list(row)
            yield {name: "+".join(value) or None if isinstance(value, list) else value for name, value in row.items()}


def from_sqlite(path):
    for row in json.load(open(path, encoding="utf-8")):
        yield {name: None if row[name] is None else str(row[name]) for name in REPORT + FIELDS}


def main(expected, kind, path):
    wanted = list(model(expected))
    got = list({"csv": from_csv, "jsonl": from_jsonl, "sqlite": from_sqlite}[kind](path))
    assert len(wanted) > 100 and len(wanted) == len(got), (len(wanted), len(got))
    for a, b in zip(wanted, got):
        assert a == b, (a, b)
    print(f"{kind}: {len(got)} facts as in the model")


main(*sys.argv[1:])
