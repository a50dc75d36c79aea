"""What a person can mend is told in one line, without a traceback, with the promised exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from rapport.cli.main import main
from rapport.paths import PROJECT


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


@dataclass(frozen=True)
class Done:
    """What a command said, and its exit code."""

    returncode: object
    stdout: str
    stderr: str


def rapport(home: Path, *arguments: str, **variables: str) -> Done:
    """Run a command in this process: another one takes a second to import everything anew."""
    stdout, stderr = StringIO(), StringIO()
    own = {"RAPPORT_HOME": str(home), "RAPPORT_MODELS": str(home / "models")}
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(stdout), redirect_stderr(stderr):
        for name in [name for name in os.environ if name.startswith("RAPPORT_")]:
            patch.delenv(name)
        for name, value in (own | variables).items():
            patch.setenv(name, value)
        patch.chdir(PROJECT)
        patch.setattr(sys, "argv", ["rapport", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    return Done(ended.value.code, stdout.getvalue(), stderr.getvalue())


def test_a_mistake_is_told_in_one_line_by_the_program_as_it_is_started(home: Path) -> None:
    command = [sys.executable, "-m", "rapport", "up"]
    environment = os.environ | {"RAPPORT_HOME": str(home)}
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    told = "rapport: The database has no tables yet: run `rapport migrate`.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", told)


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
