"""A tiny shop in CSV files with a mapping beside them, every row of which a test can name."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select

from analytics.importing.report import ImportReport
from analytics.jobs.import_shop import import_shop
from language.yaml_text import load_yaml
from store.engine import Database
from store.memory import memory_database
from store.tables import metadata
from tests.support.databases import migrated_postgres

#: Half a day after the shop's last order.
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)

FILES = {
    "people.csv": """
        id,name,age
        ana,ANA LENA,34
        ben,BEN O'NEIL,
        """,
    "goods.csv": """
        sku,kind,group,size,maker
        p1,KIDS CEREAL,CEREAL,14.5 OZ,Own
        p2,KIDS CEREAL,CEREAL,14.5 OZ,Own
        p3,KIDS CEREAL,CEREAL,14.5 OZ,Other
        p4,GIFT CARD,CARDS,,Own
        p5,NEVER SOLD,CEREAL,1 LB,Own
        """,
    "sales.csv": """
        order,who,when,sku,pieces,paid,off
        o1,ana,2026-01-05 10:00:00,p1,2,6.00,1.00
        o1,ana,2026-01-05 10:00:00,p4,1,20.00,0
        o2,ana,2026-03-07 18:30:00,p1,1,4.00,0
        o2,ana,2026-03-07 18:30:00,p2,3,6.00,0
        o3,ben,2026-03-10 00:00:00,p3,1,5.00,0.50
        """,
    "coupons.csv": """
        code,sku,from,to
        c1,p1,2026-03-01,2026-03-10
        c1,p2,2026-03-01,2026-03-10
        c2,p3,2026-01-01,2026-02-01
        """,
    "redeemed.csv": """
        who,code,when
        ana,c1,2026-03-07
        """,
    "mapping.yml": """
        shop: Small shop
        words: [words.yml]
        sources:
          people: {file: people.csv}
          goods: {file: goods.csv}
          sales: {file: sales.csv}
          coupons: {file: coupons.csv}
          redeemed: {file: redeemed.csv}
        tables:
          customers:
            from: people
            fields:
              customer_id: id
              name: {title_case: name}
              traits: {age: age}
          products:
            from: goods
            not_for_sale: {group: [CARDS]}
            fields:
              product_id: sku
              name: {product_name: {type: kind, category: group, size: {pack_size: size}}}
              category: {lookup: groups, of: group, else: {readable: group}}
              department: {constant: Food}
              brand: maker
              size: {pack_size: size}
          orders:
            from: sales
            group_by: [order]
            fields:
              order_id: order
              customer_id: who
              placed_at: when
              total: {round: {sum: paid}}
              discount: {round: {sum: "off"}}
          order_lines:
            from: sales
            unique: [order_id, product_id]
            fields: {order_id: order, product_id: sku, quantity: pieces, amount: paid, discount: "off"}
          offers:
            from: coupons
            group_by: [code]
            join: {goods: {sku: sku}}
            fields:
              offer_id: code
              title:
                template: "Coupon: {what} ({many})"
                with: {what: {most_common: {readable: goods.group}}, many: {counted: sku, word: product}}
              kind: {constant: coupon}
              starts_at: from
              ends_at: {end_of_day: to}
          offer_products:
            from: coupons
            fields: {offer_id: code, product_id: sku}
          redemptions:
            from: redeemed
            fields: {customer_id: who, offer_id: code, redeemed_at: when}
        """,
    "words.yml": """
        lookups: {groups: {CEREAL: Breakfast cereal}}
        """,
}


def write_shop(folder: Path, **changes: str) -> Path:
    """Write the shop's files and give the path of its mapping.

    Parameters
    ----------
    changes : other contents, by file name with "_" for ".": `sales_csv="..."`.
    """
    for name, content in FILES.items():
        chosen = changes.get(name.replace(".", "_"), content)
        (folder / name).write_text(textwrap.dedent(chosen).lstrip("\n"), encoding="utf-8")
    return folder / "mapping.yml"


def with_line(file: str, line: str) -> str:
    """Give a file's content with one line more."""
    return textwrap.dedent(FILES[file]).rstrip() + f"\n{line}\n"


def without_table(*names: str) -> str:
    """Give the mapping without some of its tables."""
    mapping = load_yaml(textwrap.dedent(FILES["mapping.yml"]))
    for name in names:
        del mapping["tables"][name]
    return yaml.safe_dump(mapping, sort_keys=False)


#: Rows of each table after an import of everything.
WHOLE = {
    "customers": 2,
    "products": 5,
    "orders": 3,
    "order_lines": 5,
    "offers": 2,
    "offer_products": 3,
    "redemptions": 1,
}


@contextmanager
def empty_database(kind: str) -> Iterator[Database]:
    """Give a database with all tables; `kind` is "sqlite" or "postgresql" (skips where no server answers)."""
    if kind == "sqlite":
        yield memory_database()
        return
    with migrated_postgres() as postgres:
        yield postgres


def imported(database: Database, mapping: Path, now: datetime = NOW) -> ImportReport:
    """Import, told to nobody."""
    return import_shop(database, mapping, lambda _step, _share: None, now)


def rows(database: Database, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Give the rows of a table, sorted."""
    chosen = [metadata.tables[table].c[column] for column in columns]
    with database.read() as connection:
        return sorted(tuple(row) for row in connection.execute(select(*chosen)))


def counts(database: Database) -> dict[str, int]:
    """Give the number of rows of every table that an import fills."""
    with database.read() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
            for name in WHOLE
        }
