"""Tests that several processes share stay together: what is dear to start is started once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from rapport.paths import PROJECT
from tests.support.sharing import GROUPS, TIERS, group_of

CONFTEST = "from tests.support.sharing import pytest_collection_modifyitems, pytest_xdist_make_scheduler\n"
FILES = ("conversations/test_one.py", "conversations/test_two.py", "unit/test_one.py", "unit/test_two.py")


def test_every_test_runs_once_and_a_group_in_one_process(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        body = "".join(f"def test_{n}():\n    note('{file}', {n})\n" for n in range(6))
        told = f"def note(*what):\n    with open({str(log)!r}, 'a') as log:\n"
        told += "        print(os.environ['PYTEST_XDIST_WORKER'], *what, file=log)\n"
        (tmp_path / file).write_text(f"import os\n{told}{body}")
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider"],
        cwd=tmp_path, env={**outside, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    lines = [line.split() for line in log.read_text().splitlines()]
    assert sorted((file, int(number)) for _, file, number in lines) == [(file, n) for file in FILES for n in range(6)]
    processes = defaultdict(set)
    for process, file, _ in lines:
        processes[group_of(f"{file}::test")].add(process)
    assert {group: len(of) for group, of in processes.items()} == {
        "dialogues": 1, "unit/test_one.py": 1, "unit/test_two.py": 1,
    }  # fmt: skip


def test_every_group_has_files_and_every_folder_is_a_tier() -> None:
    files = [file.relative_to(PROJECT / "tests").as_posix() for file in (PROJECT / "tests").rglob("test_*.py")]
    assert {file.partition("/")[0] for file in files} == set(TIERS)
    assert all(any(file.startswith(begin) for file in files) for begins in GROUPS.values() for begin in begins)


def test_what_computes_by_spark_is_in_its_group() -> None:
    starts = "from tests.support.spark import"
    by_spark = [
        file for file in (PROJECT / "tests").rglob("test_*.py")
        if starts in file.read_text(encoding="utf-8") and file.name != Path(__file__).name
    ]  # fmt: skip
    assert {group_of(file.relative_to(PROJECT).as_posix()) for file in by_spark} == {"Spark"}
