"""An erased customer taken out of the kept reports: her rows go, everything else of the file stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import escape

from console.report.folder import kept_reports, report_file, write_whole

#: A table whose first column tells customers by their numbers, as `templates/report/part.html` writes it.
_TABLE = re.compile(r'<table><thead><tr><th scope="col"[^>]*>Customer</th>.*?</table>', re.DOTALL)


def erase_from_reports(folder: Path, customer_id: str) -> int:
    """Rewrite the reports that name her; give how many they were."""
    row = re.compile(rf'<tr><th scope="row">{re.escape(str(escape(customer_id)))}</th>.*?</tr>', re.DOTALL)
    changed = 0
    for kept in kept_reports(folder):
        file = report_file(folder, kept.week)
        if file is None:
            continue
        html = file.read_text(encoding="utf-8")
        rid = _TABLE.sub(lambda table: row.sub("", table[0]), html)
        if rid != html:
            write_whole(file, rid)
            changed += 1
    return changed
