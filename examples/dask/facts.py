#!/usr/bin/env python3
"""facts.py: the facts of a folder of reports, read on many machines by Dask, in one CSV file.

    dask-scheduler --scheduler-file scheduler.json &
    dask-worker --scheduler-file scheduler.json &          (on every machine; each needs the program tipl)
    python3 facts.py scheduler.json FOLDER OUT.csv

Every task is a few documents in one run of `tipl facts - --format jsonl`, as JSON Lines on its standard input. A
task does nothing but compute, so that Dask may run it again elsewhere when a worker dies; only what this client
gathers is written, each task's result once. At the end every document must have been answered, exactly once."""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys

from distributed import Client, as_completed

SIZE = 8  # documents of a task
COLUMNS = ("document country iso3 edition id metric value high unit bound state from to basis form who source status "
           "relation of certainty evidence offset flags section rule").split()
ENDINGS = {".txt", ".text", ".htm", ".html", ".xhtml"}  # files that hold text; others go through `tipl export`


def read(documents):
    """Runs on a worker: what tipl answers to these documents, one object a line; and which they were."""
    lines = "".join(json.dumps(document) + "\n" for document in documents)
    run = subprocess.run(["tipl", "facts", "-", "--format", "jsonl"], input=lines.encode(), capture_output=True)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode(errors="replace"))
    return [document["id"] for document in documents], [json.loads(line) for line in run.stdout.splitlines()]


def documents(folder):
    """Every text below the folder, by its path there."""
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix.lower() in ENDINGS and path.is_file():
            name = os.fsencode(path.relative_to(folder)).decode(errors="replace")
            yield {"id": name, "text": path.read_text(encoding="utf-8", errors="replace")}


def cell(value):
    """A list, as of flags, joined as tipl's own CSV has it."""
    return safe("+".join(value) if isinstance(value, list) else value)


def safe(cell):
    """A spreadsheet must not take a cell for a formula."""
    return "'" + cell if isinstance(cell, str) and len(cell) > 1 and cell[0] in "=+-@\t\r\n" else cell


def collect(client, folder, out):
    """Writes the facts as they come; returns the number of documents and the answers that were errors."""
    waiting = list(documents(folder))
    tasks = [waiting[i:i + SIZE] for i in range(0, len(waiting), SIZE)]
    futures = client.map(read, tasks, pure=False, retries=3)
    answered, errors = {}, []
    for done, (_, (ids, answers)) in enumerate(as_completed(futures, with_results=True), 1):
        for name in ids:
            answered[name] = answered.get(name, 0) + 1
        for answer in answers:
            if "error" in answer:
                errors.append(answer)
            else:
                out.writerow([cell(answer[name]) for name in COLUMNS])
        print(f"{done} of {len(tasks)} tasks", file=sys.stderr, flush=True)
    assert answered == {document["id"]: 1 for document in waiting}, "a document was lost or answered twice"
    return len(waiting), errors


def main():
    parser = argparse.ArgumentParser(description="The facts of a folder of reports, read by Dask, in one CSV file.")
    parser.add_argument("scheduler", help="the scheduler's file (--scheduler-file)")
    parser.add_argument("folder")
    parser.add_argument("output", help="the CSV file; it appears when it is complete")
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.folder):
        parser.error(f"{arguments.folder}: there is no such folder")
    copy = f"{arguments.output}.new-{os.getpid()}"
    try:
        with Client(scheduler_file=arguments.scheduler) as client, \
                open(copy, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(COLUMNS)
            count, errors = collect(client, arguments.folder, out)
        os.replace(copy, arguments.output)
    finally:
        if os.path.exists(copy):
            os.remove(copy)
    for error in errors:
        print(f"{error['document']}: {error['error']}", file=sys.stderr)
    print(f"{count} documents, {len(errors)} that gave no facts")
    return 3 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
