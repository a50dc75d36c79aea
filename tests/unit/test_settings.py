"""Settings: where values come from, and that every fault is told at once in words a person can act on."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest

from rapport.errors import SettingsError
from rapport.paths import PROJECT
from rapport.settings_loading import load_settings
from rapport.settings_sources import make_secrets

LONG = "k" * 32


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("RAPPORT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / "var"))


def faults() -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return caught.value.faults


def test_without_any_variable_the_service_keeps_to_this_machine(tmp_path: Path) -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.rasa_port, settings.actions_port) == ("127.0.0.1", 8080, 5005, 5055)
    assert settings.database == f"sqlite:///{tmp_path}/var/rapport.db"
    assert not settings.demo


def test_secrets_are_made_on_the_first_run_for_the_owner_only_and_kept(tmp_path: Path) -> None:
    first, second = load_settings(), load_settings()
    assert first.internal_secret == second.internal_secret
    made = {s.get_secret_value() for s in (first.internal_secret, first.identity_secret, first.console_key)}
    assert len(made) == 3
    assert stat.S_IMODE((tmp_path / "var/secrets.env").stat().st_mode) == 0o600


def test_two_processes_that_start_at_once_agree_on_the_secrets(tmp_path: Path) -> None:
    text = make_secrets(tmp_path).read_text()
    assert make_secrets(tmp_path).read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.env"]


def test_a_variable_wins_over_a_file_and_a_file_over_the_made_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    handed = tmp_path / "console-key"
    handed.write_text("f" * 40 + "\n")
    monkeypatch.setenv("RAPPORT_CONSOLE_KEY_FILE", str(handed))
    assert load_settings().console_key.get_secret_value() == "f" * 40
    monkeypatch.setenv("RAPPORT_CONSOLE_KEY", LONG)
    assert load_settings().console_key.get_secret_value() == LONG


def test_secrets_and_the_databases_password_never_show_in_a_printed_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_DATABASE_URL", "postgresql+psycopg://shop:hunter2@db:5432/shop")
    monkeypatch.setenv("RAPPORT_CONSOLE_KEY", LONG)
    printed = repr(load_settings())
    assert "hunter2" not in printed
    assert LONG not in printed


def test_origins_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_ALLOWED_ORIGINS", "https://shop.example/, http://localhost:3000")
    assert load_settings().allowed_origins == ("https://shop.example", "http://localhost:3000")


def test_relative_paths_start_at_the_project_whatever_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RAPPORT_MODELS", "elsewhere/models")
    assert load_settings().models == PROJECT / "elsewhere/models"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_PORT", "")
    assert load_settings().port == 8080


def test_the_record_cannot_be_changed() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]


def test_an_override_of_a_command_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_DEMO", "0")
    assert load_settings(demo=True).demo


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("RAPPORT_PORT", "eighty", "RAPPORT_PORT is 'eighty': it should be a valid integer"),
        ("RAPPORT_PORT", "70000", "RAPPORT_PORT is '70000': it should be less than or equal to 65535"),
        ("RAPPORT_RASA_PORT", "8080", "RAPPORT_PORT is 8080, RAPPORT_RASA_PORT is 8080, .*: give each process a port"),
        (
            "RAPPORT_LOG_LEVEL",
            "loud",
            "RAPPORT_LOG_LEVEL is 'loud': it should be 'debug', 'info', 'warning' or",
        ),
        ("RAPPORT_REFRESH_AT", "25:00", "RAPPORT_REFRESH_AT is '25:00': write a time of day in UTC as HH:MM"),
        ("RAPPORT_ALLOWED_ORIGINS", "https://a.example/x", "'https://a.example/x' is not an origin"),
        ("RAPPORT_PUBLIC_URL", "chat.example", "RAPPORT_PUBLIC_URL is 'chat.example': 'chat.example' is not an origin"),
        ("RAPPORT_TRUSTED_PROXIES", "proxy", "'proxy' is not a network; write an address or a range"),
        ("RAPPORT_TURN_DEADLINE_SECONDS", "0", "it should be greater than 0"),
        ("RAPPORT_CONSOLE_KEY", "short", "RAPPORT_CONSOLE_KEY: too short; use at least 32 characters"),
        ("RAPPORT_CONSOLE_KEY_FILE", "nowhere/key", "RAPPORT_CONSOLE_KEY_FILE: nowhere/key cannot be read"),
        ("RAPPORT_DATABASE_URL", "mysql://u:hunter2@h/n", "RAPPORT_DATABASE_URL: write sqlite:///"),
        ("RAPPORT_PROT", "80", "RAPPORT_PROT: there is no such setting; did you mean RAPPORT_PORT?"),
        ("RAPPORT_BANANA", "1", r"RAPPORT_BANANA: there is no such setting; unset it; .*settings\.md lists all"),
    ],
)
def test_a_fault_says_what_and_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    (fault,) = faults()
    assert re.search(told, fault), fault
    assert "hunter2" not in fault
    assert "\n" not in fault


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("RAPPORT_PORT", "RAPPORT_LOG_LEVEL", "RAPPORT_NONSENSE", "RAPPORT_CONSOLE_KEY_FILE"):
        monkeypatch.setenv(variable, "wrong")
    told = "\n".join(faults())
    assert all(name in told for name in ("_PORT is", "_LOG_LEVEL is", "_NONSENSE:", "_CONSOLE_KEY_FILE:"))


def test_a_home_that_cannot_be_written_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / "file"))
    (fault,) = faults()
    assert re.match(r"RAPPORT_HOME: .* cannot be made or read \(.*\); name a folder", fault)


def test_a_stray_line_in_the_secrets_file_is_told(tmp_path: Path) -> None:
    load_settings()
    with (tmp_path / "var/secrets.env").open("a") as stream:
        stream.write("RAPPORT_CONSOL_KEY=x\n")
    (fault,) = faults()
    assert "RAPPORT_CONSOL_KEY" in fault


def test_the_shops_order_system_needs_address_and_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().order_system is None
    monkeypatch.setenv("RAPPORT_ORDERS_URL", "https://shop.example/orders/")
    assert "set both, or neither" in faults()[0]
    monkeypatch.setenv("RAPPORT_ORDERS_SECRET", LONG)
    system = load_settings().order_system
    assert system is not None
    assert (system.url, system.secret) == ("https://shop.example/orders", LONG)
    assert LONG not in repr(system)


@pytest.mark.parametrize("near", ["http://127.0.0.1:9000/x", "http://localhost:9000", "http://shop:8000/orders"])
def test_orders_pass_in_the_clear_only_nearby(monkeypatch: pytest.MonkeyPatch, near: str) -> None:
    monkeypatch.setenv("RAPPORT_ORDERS_SECRET", LONG)
    monkeypatch.setenv("RAPPORT_ORDERS_URL", near)
    assert load_settings().orders_url == near
    for wrong in (
        "http://shop.example",
        "ftp://shop.example",
        "https://me:pw@shop.example",
        "https://shop.example?a=b",
    ):
        monkeypatch.setenv("RAPPORT_ORDERS_URL", wrong)
        assert faults()[0].startswith("RAPPORT_ORDERS_URL")
