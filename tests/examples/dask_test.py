"""dask_test.py: examples/dask/facts.py on a scheduler and two workers of this machine, one of which is killed while
it works: the CSV must be what tipl says of the same folder by itself, no report lost and none counted twice."""
import csv
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

REPORTS = 400
TOP = pathlib.Path(__file__).resolve().parents[2]


def make_reports(folder):
    """Texts that differ in their name and in one figure; and one that is no report."""
    text = (TOP / "examples/reports/valdoria-2021.txt").read_text(encoding="utf-8")
    for i in range(REPORTS):
        path = folder / f"{i % 7}" / f"valdoria-{i:04}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("19 trafficking cases", f"{1000 + i} trafficking cases"), encoding="utf-8")
    (folder / "letter.txt").write_text("A letter about the weather.\n", encoding="utf-8")


def start(tmp, *command):
    log = open(tmp / f"{command[0]}.log", "ab")
    return subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp)


def wait_for(what, seconds=60):
    end = time.time() + seconds
    while not what():
        assert time.time() < end, "nothing came in time"
        time.sleep(0.05)


def rows(text, lead):
    """Facts as tuples: where from, id, metric, value, evidence."""
    return sorted((row[lead], row["id"], row["metric"], row["value"] if row["value"] not in ("", "-") else None,
                   row["evidence"]) for row in csv.DictReader(text.splitlines()))


def run(tmp):
    folder = tmp / "reports"
    folder.mkdir()
    make_reports(folder)
    file = tmp / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    running = [start(tmp, "dask-scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0",
                     *common)]
    try:
        wait_for(file.exists)
        running += [start(tmp, "dask-worker", "--host", "127.0.0.1", "--no-nanny", "--nthreads", "1", *common)
                    for _ in range(2)]
        client = subprocess.Popen([sys.executable, TOP / "examples/dask/facts.py", file, folder, tmp / "out.csv"],
                                  stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(client)
        killed, said = None, []
        for line in client.stderr:
            said.append(line)
            words = line.split()
            if killed is None and words[1:2] == ["of"] and words[0].isdigit() and int(words[0]) >= 10:
                killed = f"after {words[0]} of {words[2]} tasks"
                assert int(words[0]) < int(words[2]) // 2, "it was done before a worker could be killed"
                running[1].send_signal(signal.SIGKILL)
        code = client.wait(60)
        summary = client.stdout.read().strip()
        assert killed, "".join(said)
        assert code == 3, (code, "".join(said))  # one document is no report
        assert running[1].wait(10) == -signal.SIGKILL
        assert running[2].poll() is None, "the other worker lives"
    finally:
        for process in reversed(running):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
    return killed, summary


def main():
    with tempfile.TemporaryDirectory() as name:
        tmp = pathlib.Path(name)
        killed, summary = run(tmp)
        assert summary == f"{REPORTS + 1} documents, 1 that gave no facts", summary
        alone = subprocess.run(["tipl", "facts", ".", "--format", "csv"], cwd=tmp / "reports", capture_output=True,
                               text=True)
        wanted = [(row[0].removeprefix("./"), *row[1:]) for row in rows(alone.stdout, "file")]
        got = rows((tmp / "out.csv").read_text(encoding="utf-8"), "document")
        assert len({row[0] for row in got}) == REPORTS
        assert got == wanted, (len(got), len(wanted))
        assert os.listdir(tmp).count("out.csv") == 1
        print(f"a worker was killed {killed}; {len(got)} facts of {REPORTS} reports, each once")


main()
