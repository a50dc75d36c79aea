"""Reading YAML: everything that is written in it is read here, by libyaml where PyYAML has it.

A shop is opened with dozens of help pages, its words and its rules: read in Python they took a second of every start.
"""

from __future__ import annotations

from typing import Any

import yaml

_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """Give what a YAML text says, in plain values only.

    Raises
    ------
    yaml.YAMLError
        It is no YAML, or asks for more than plain values.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506, TID251 - both loaders are safe ones
