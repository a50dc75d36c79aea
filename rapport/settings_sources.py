"""Where settings come from besides plain variables: `RAPPORT_X_FILE` and the generated `secrets.env`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

PREFIX = "RAPPORT_"
#: Fields that have a `RAPPORT_X_FILE` variant and, the first three, are generated on the first run.
GENERATED = ("internal_secret", "identity_secret", "console_key")
FROM_FILE = (*GENERATED, "database_url", "orders_secret")
SECRETS_FILE = "secrets.env"


class FileVariants(PydanticBaseSettingsSource):
    """Values out of the files that `RAPPORT_X_FILE` name, as container platforms hand secrets over."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        """Read one field's file; one that cannot be read is told by `unreadable_files`."""
        named = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        if not named or field_name not in FROM_FILE or not os.access(named, os.R_OK):
            return None, field_name, False
        return Path(named).read_text(encoding="utf-8").strip(), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Read all of them."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def unreadable_files(environment: Mapping[str, str]) -> list[str]:
    """Name each `RAPPORT_X_FILE` whose file cannot be read, one line each."""
    faults = []
    for field in FROM_FILE:
        variable = f"{PREFIX}{field.upper()}_FILE"
        named = environment.get(variable)
        if named and not os.access(named, os.R_OK):
            faults.append(f"{variable}: {named} cannot be read; name a file that this user may read.")
    return faults


def make_secrets(home: Path) -> Path:
    """Write the secrets that are not there yet into `home/secrets.env`, readable by its owner only.

    Two processes that start at once agree: whoever links the finished file first wins, the other reads it.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    home.mkdir(parents=True, exist_ok=True)
    target = home / SECRETS_FILE
    if target.exists():
        return target
    lines = "".join(f"{PREFIX}{name.upper()}={secrets.token_urlsafe(32)}\n" for name in GENERATED)
    beside = target.with_name(f".{SECRETS_FILE}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(
            "# Made on the first run. Whoever reads these can speak for the shop: keep them private.\n" + lines
        )
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(beside, target)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return target
