"""The data-quality report, read from the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import Connection

from analytics.quality.evenness import unusual_gaps, unusual_weeks
from analytics.quality_records import Completeness, Done, Finding, QualityReport, SourceRun
from store.repositories import quality as kept

#: Traits told of, the most frequent first.
_TRAITS = 8


def quality_of(connection: Connection, now: datetime | None = None) -> QualityReport:
    """Tell how far the stored data can be trusted.

    Parameters
    ----------
    connection : reading.
    now : aware; the present moment unless given.

    Returns
    -------
    QualityReport
        The latest import of each source with its findings; completeness, freshness and evenness of what is stored.
    """
    at = now or datetime.now(UTC)
    first, last = kept.order_span(connection)
    days = kept.days_of_orders(connection)
    return QualityReport(
        at=at,
        runs=tuple(_run(connection, row) for row in kept.latest_runs(connection)),
        completeness=tuple(_completeness(connection)),
        first_order_at=first,
        last_order_at=last,
        days_old=None if last is None else round((at - last) / timedelta(days=1), 2),
        gaps=tuple(unusual_gaps(days)),
        jumps=tuple(unusual_weeks(days)),
        merges=kept.merge_counts(connection),
    )


def _run(connection: Connection, row: kept.RunRow) -> SourceRun:
    return SourceRun(
        source=row.source,
        imported_at=row.finished_at,
        read={table: count["read"] for table, count in row.counts.items()},
        written={table: count["written"] for table, count in row.counts.items()},
        rejected={table: dict(count["rejected"]) for table, count in row.counts.items()},
        totals=dict(row.totals),
        findings=tuple(
            Finding(
                table=found.table_name,
                check=found.check_name,
                found=found.found,
                of=found.looked_at,
                done=cast("Done", found.done),
                amount=None if found.amount is None else float(found.amount),
                examples=tuple(found.examples),
            )
            for found in kept.findings_of(connection, row.import_id)
        ),
    )


def _completeness(connection: Connection) -> list[Completeness]:
    people, goods = kept.customer_counts(connection), kept.product_counts(connection)
    told = [
        Completeness(what="customers with a name", have=people["name"], of=people["all"]),
        Completeness(what="customers with an e-mail address", have=people["email"], of=people["all"]),
        Completeness(what="customers with an order", have=people["orders"], of=people["all"]),
    ]
    traits = list(kept.trait_counts(connection).items())[:_TRAITS]
    told += [Completeness(what=f"customers whose {name} is known", have=count, of=people["all"]) for name, count in
             traits]  # fmt: skip
    told += [
        Completeness(what=f"products with a {name}", have=goods[name], of=goods["all"])
        for name in ("price", "category", "brand", "size")
    ]
    return told
