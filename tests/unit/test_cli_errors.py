"""What a person can mend is told in one line, without a traceback, with the promised exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rapport.paths import PROJECT


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


def rapport(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
    environment = inherited | {"RAPPORT_HOME": str(home), "RAPPORT_MODELS": str(home / "models")} | variables
    command = [sys.executable, "-m", "rapport", *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("upp",), 2, "rapport: No such command 'upp'. Did you mean 'up'? See `rapport --help`.\n"),
        (("train", "--forse"), 2, "No such option: --forse (Possible options: --force, --forget). See `rapport train"),
        (("bench", "nope"), 1, "rapport: There is no benchmark 'nope'. There are: "),
        (("features",), 1, "rapport: The database has no tables yet: run `rapport migrate`.\n"),
        (("admin-token",), 1, "rapport: The database has no tables yet: run `rapport migrate`.\n"),
        (("up",), 1, "rapport: The database has no tables yet: run `rapport migrate`.\n"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_line(home: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    done = rapport(home, *arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_each_wrong_setting_gets_a_line_and_exit_code_2(home: Path) -> None:
    done = rapport(home, "migrate", RAPPORT_PORT="x", RAPPORT_PROT="1")
    assert done.returncode == 2
    assert [line.split(":")[1].split()[0] for line in done.stderr.splitlines()] == ["RAPPORT_PROT", "RAPPORT_PORT"]


def test_a_database_that_does_not_answer_is_told_without_its_password(home: Path) -> None:
    done = rapport(home, "migrate", RAPPORT_DATABASE_URL="postgresql+psycopg://shop:hunter2@127.0.0.1:1/shop")
    assert done.returncode == 1
    assert "cannot be opened" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


def test_a_mapping_that_is_not_there_is_told(home: Path) -> None:
    rapport(home, "migrate")
    done = rapport(home, "import", "--mapping", "nowhere.yml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no mapping file nowhere.yml: name one with --mapping" in done.stderr


def test_up_without_a_model_says_how_to_get_one(home: Path) -> None:
    rapport(home, "migrate")
    done = rapport(home, "up")
    assert done.returncode == 1
    assert "There is no trained model in" in done.stderr
    assert "run `rapport train`" in done.stderr


def test_migrate_tells_before_and_after_as_json(home: Path) -> None:
    first, second = (json.loads(rapport(home, "migrate", "--json").stdout) for _ in range(2))
    assert first["before"] is None
    assert second["before"] == second["after"] == first["after"]


def test_the_admins_link_leads_to_the_public_address(home: Path) -> None:
    rapport(home, "migrate")
    link = rapport(home, "admin-token", RAPPORT_PUBLIC_URL="https://chat.shop.example").stdout
    assert link.startswith("https://chat.shop.example/console/setup?token=")


def test_status_of_nothing_fails_and_says_how_to_start(home: Path) -> None:
    done = rapport(home, "status")
    assert (done.returncode, done.stdout) == (1, "Rapport does not run here: start it with `rapport up`.\n")
    assert json.loads(rapport(home, "status", "--json").stdout) == {"running": False, "well": False, "processes": []}


def test_the_doctor_names_a_remedy_for_everything_that_is_wrong(home: Path) -> None:
    done = rapport(home, "doctor", "--json")
    report = json.loads(done.stdout)
    by_area = {check["area"]: check for check in report["checks"]}
    assert (done.returncode, report["well"]) == (1, False)
    assert by_area["database"]["remedy"] == "run `rapport migrate`"
    assert by_area["model"]["remedy"] == "run `rapport train`"
    assert by_area["secrets"]["status"] == "ok"
    assert all(check["remedy"] for check in report["checks"] if check["status"] != "ok")


def test_the_doctor_tells_wrong_settings_as_well(home: Path) -> None:
    done = rapport(home, "doctor", "--json", RAPPORT_PORT="x")
    (check,) = json.loads(done.stdout)["checks"]
    assert (done.returncode, check["status"], check["area"]) == (1, "fail", "settings")


def test_output_for_people_has_no_colours_where_there_is_no_terminal(home: Path) -> None:
    assert "\x1b" not in rapport(home, "doctor").stdout
