"""Reading the environment into `Settings`, and saying everything that is wrong with it at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rapport.errors import SettingsError
from rapport.paths import in_project
from rapport.settings import Settings
from rapport.settings_sources import FROM_FILE, PREFIX, SECRETS_FILE, make_secrets, unreadable_files

#: Variables of tests and of single tools, which are no settings of the service.
_NOT_OURS = f"{PREFIX}TEST_"


def load_settings(**overrides: Any) -> Settings:
    """Read the environment into one frozen record; makes `RAPPORT_HOME` and its secrets on the first run.

    Parameters
    ----------
    overrides : fields that a command fixes, whatever the environment says (`demo=True`).

    Raises
    ------
    SettingsError
        With one line for every fault: what, why, how to mend it.
    """
    faults = [*unknown_variables(os.environ), *unreadable_files(os.environ)]
    home = in_project(Path(os.environ.get(f"{PREFIX}HOME") or "var"))
    secrets_file = home / SECRETS_FILE
    try:
        make_secrets(home)
        secrets_file.read_bytes()
    except OSError as error:
        why = error.strerror or error
        raise SettingsError(
            [
                *faults,
                f"{PREFIX}HOME: {secrets_file} cannot be made or read ({why}); name a folder this user may write.",
            ]
        ) from error
    try:
        settings = Settings(_env_file=secrets_file, **overrides)
    except ValidationError as error:
        raise SettingsError([*faults, *(_line(fault) for fault in error.errors())]) from error
    if faults:
        raise SettingsError(faults)
    return settings


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Name each variable that starts like a setting and is none, with the setting that was probably meant."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    known |= {f"{PREFIX}{name.upper()}_FILE" for name in FROM_FILE}
    faults = []
    for variable in sorted(environment):
        if not variable.startswith(PREFIX) or variable in known or variable.startswith(_NOT_OURS):
            continue
        meant = get_close_matches(variable, known, n=1, cutoff=0.75)
        remedy = f"did you mean {meant[0]}?" if meant else "unset it; docs/reference/settings.md lists all settings."
        faults.append(f"{variable}: there is no such setting; {remedy}")
    return faults


def _line(fault: Any) -> str:
    """Word one of pydantic's faults; values of secrets and addresses with passwords are never repeated."""
    message = str(fault["msg"]).removeprefix("Value error, ").replace("Input should", "it should")
    if not fault["loc"]:
        return message
    name = str(fault["loc"][0])
    variable = f"{PREFIX}{name.upper()}"
    if fault["type"] == "missing":
        return f"{variable}: not set, and missing in {SECRETS_FILE}; delete that file to have all secrets made anew."
    if fault["type"] == "too_short":
        return f"{variable}: too short; use at least 32 characters, such as from `openssl rand -base64 32`."
    if fault["type"] == "extra_forbidden":
        return f"{variable}: {SECRETS_FILE} holds this line, and it is no setting; remove it."
    shown = "" if name in FROM_FILE else f" is {fault['input']!r}"
    return f"{variable}{shown}: {message}."
