"""What every file promises: small, free of one machine's paths, locks without addresses, links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def test_no_code_file_is_longer_than_300_lines() -> None:
    code = tracked("*.py", "*.ts", "*.tsx", "*.js", "*.sh", "*.css")
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in code}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def test_no_file_names_a_folder_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:root|work|home/[a-z]+|Users/[a-z]+)/")
    texts = (path for path in tracked() if path.suffix not in {".png", ".lock", ".onnx"} and path != Path(__file__))
    assert [str(path.relative_to(ROOT)) for path in texts if pattern.search(path.read_text(errors="ignore"))] == []


def test_lock_files_pin_with_hashes_and_name_no_registry() -> None:
    locks = tracked("*.lock")
    assert len(locks) >= 4
    for lock in locks:
        text = lock.read_text()
        assert "://" not in text, f"{lock.name} names an address"
        pins = re.findall(r"^[a-zA-Z0-9._-]+(?:\[[\w,]+\])?==\S+.*?(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)
        assert pins, f"{lock.name} pins nothing"
        assert all("--hash=sha256:" in pin for pin in pins), f"{lock.name} has a pin without a hash"
    assert '"resolved"' not in (ROOT / "web/package-lock.json").read_text()


def test_pages_link_only_to_files_that_exist() -> None:
    broken = []
    for page in tracked("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert broken == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert numbers == list(range(len(numbers)))


@pytest.mark.parametrize("target", ["demo", "test", "setup", "lint", "format"])
def test_the_make_targets_that_the_pages_name_exist(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
