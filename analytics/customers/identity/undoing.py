"""Taking a merge back: every row becomes what it was, to the last; or a clear refusal, and nothing is changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from analytics.customers.identity.merging import MergeError
from store.repositories.accounts import lock_customer
from store.repositories.merges import later_merges, merge_row, settle_merge
from store.repositories.row_log import Logged, is_as_left, logged_rows, take_back


def unmerge(connection: Connection, merge_id: int, *, by: str, at: datetime, keep_changes: bool = False) -> None:
    """Separate two customers who were made one.

    Rows that came after the merge stay with the one who stayed. Merges can be taken back in any order as long as none
    that came later has changed the same rows; else the later one is named, and has to be taken back first.

    Parameters
    ----------
    connection : in a write transaction.
    keep_changes : leave rows alone that were changed or deleted since, and take back the others.

    Raises
    ------
    MergeError
        There is no such merge, it does not hold, or rows are not as it left them any more.
    """
    row = merge_row(connection, merge_id)
    if row is None:
        raise MergeError(f"There is no merge {merge_id}: see `rapport customers merges`.")
    if row.state != "merged":
        raise MergeError(f"The merge {merge_id} does not hold: it is {row.state}.")
    lock_customer(connection, row.kept_id)
    later = later_merges(connection, row)
    if any(row.kept_id == one.merged_id or row.merged_id in (one.kept_id, one.merged_id) for one in later):
        raise MergeError(f"The merge {merge_id} is part of merge {later[0].merge_id}: take that one back first.")
    logged = logged_rows(connection, merge_id)
    changed = [one for one in logged if not is_as_left(connection, one)]
    if changed and later:
        raise MergeError(f"The merge {later[0].merge_id} has changed the same rows: take that one back first.")
    _refuse_changed(changed, merge_id, keep_changes=keep_changes)
    left_alone = {one.place for one in changed}
    for one in logged:
        if one.place not in left_alone:
            take_back(connection, one)
    settle_merge(connection, merge_id, "undone", by, at)


def _refuse_changed(changed: list[Logged], merge_id: int, *, keep_changes: bool) -> None:
    back = [one for one in changed if one.what == "removed"]
    if back:
        raise MergeError(f"{_tables(back)} have again what the merge {merge_id} took out: mend that first.")
    if changed and not keep_changes:
        raise MergeError(
            f"{len(changed)} rows ({_tables(changed)}) were changed since the merge {merge_id}: "
            "--keep-changes takes back all others."
        )


def _tables(rows: list[Logged]) -> str:
    return ", ".join(sorted({one.table.name.replace("_", " ") for one in rows}))
