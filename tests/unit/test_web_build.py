"""`scripts/build_web.sh` builds when something changed or is missing, and does nothing twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rapport.paths import PROJECT

#: Stands for npm: `npm ci` does nothing, `npm run --silent build` bundles and notes that it did.
NPM = """#!/bin/sh
[ "$1" = run ] || exit 0
mkdir -p dist
for name in widget.js console.css; do cat widget/index.ts > dist/$name; done
echo built >> ../journal
"""


class Checkout:
    """A project with one web part, and a Node of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source, self.dist = folder / "web/widget/index.ts", folder / "web/dist"
        for path in (folder / "scripts", folder / "bin", self.source.parent):
            path.mkdir(parents=True)
        shutil.copy(PROJECT / "scripts/build_web.sh", folder / "scripts")
        (folder / "web/package.json").write_text("{}")
        self.source.write_text("first")
        for name, script in (("node", "#!/bin/sh\n"), ("npm", NPM)):
            (folder / "bin" / name).write_text(script)
            (folder / "bin" / name).chmod(0o755)

    def builds(self) -> int:
        """Run the script; give how often it has built until now."""
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        subprocess.run(["bash", "scripts/build_web.sh"], cwd=self.folder, env=os.environ | {"PATH": path}, check=True)
        return (self.folder / "journal").read_text().count("built")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    assert made.builds() == 1
    return made


def test_what_is_built_is_not_built_again(checkout: Checkout) -> None:
    assert checkout.builds() == 1


def test_a_changed_source_is_built_again(checkout: Checkout) -> None:
    checkout.source.write_text("second")
    assert checkout.builds() == 2
    assert (checkout.dist / "widget.js").read_text() == "second"


@pytest.mark.parametrize("name", ["widget.js", "console.css"])
def test_a_missing_file_is_built_again(checkout: Checkout, name: str) -> None:
    (checkout.dist / name).unlink()
    assert checkout.builds() == 2
    assert (checkout.dist / name).read_text() == "first"
    assert checkout.builds() == 2


def test_a_stamp_of_before_that_names_no_files_is_built_again(checkout: Checkout) -> None:
    stamp = checkout.dist / ".stamp"
    stamp.write_text(stamp.read_text().splitlines()[0] + "\n")
    assert checkout.builds() == 2
