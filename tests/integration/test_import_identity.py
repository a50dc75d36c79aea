"""One customer across sources: an import merges or proposes whom verified keys make one, and never by name."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.customers.identity.undoing import unmerge
from analytics.importing.errors import MappingError
from analytics.importing.report import ImportReport
from analytics.jobs.import_shop import import_shop
from store.engine import Database
from store.memory import memory_database
from store.repositories.merges import merge_rows
from tests.support.small_shop import imported, rows

pytestmark = pytest.mark.integration

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SHOP = """
    id,name,mail,card
    ana,Ana Lind,ana@example.org,K1
    ben,Ben Ode,ben@example.org,K2
    cleo,Cleo,,K3
    """
CRM = """
    id,name,mail,card
    7,A. Lind,ANA@example.org,
    8,Ben Ode,other@example.org,
    9,Cleo Fay,,k3
    """
ORDERS = "order,who,when,paid\no1,ana,2026-01-05,5.00\no2,crm-7,2026-01-06,7.00\n"


def mapping(
    folder: Path, name: str, people: str, same: str = "merge", prefix: str = "", verified: str = "[email, loyalty]"
) -> Path:
    (folder / f"{name}.csv").write_text(textwrap.dedent(people).strip() + "\n", encoding="utf-8")
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    content = f"""
        shop: {name}
        identity: {{verified: {verified}, same: {same}}}
        sources:
          people: {{file: {name}.csv}}
          orders: {{file: orders.csv}}
        tables:
          customers:
            from: people
            fields:
              customer_id: {{template: "{prefix}{{id}}"}}
              name: name
              email: mail
              traits: {{in_{name}: {{constant: "yes"}}}}
              identities: {{loyalty: card}}
          orders:
            from: orders
            fields: {{order_id: order, customer_id: who, placed_at: when, total: paid}}
        """
    (folder / f"{name}.yml").write_text(textwrap.dedent(content), encoding="utf-8")
    return folder / f"{name}.yml"


def both(database: Database, folder: Path, same: str = "merge") -> ImportReport:
    imported(database, mapping(folder, "shop", SHOP), NOW)
    return imported(database, mapping(folder, "crm", CRM, same, "crm-"), NOW)


def found(report: ImportReport) -> dict[str, int]:
    return {one.check: one.found for one in report.findings}


def test_customers_with_the_same_verified_key_become_one(database: Database, tmp_path: Path) -> None:
    report = both(database, tmp_path)
    assert rows(database, "customers", "customer_id", "name", "email") == [
        ("ana", "Ana Lind", "ana@example.org"),
        ("ben", "Ben Ode", "ben@example.org"),
        ("cleo", "Cleo", None),
        ("crm-8", "Ben Ode", "other@example.org"),
    ]
    traits = dict(rows(database, "customers", "customer_id", "traits")[:1])
    assert traits["ana"] == {"in_shop": "yes", "in_crm": "yes"}
    assert rows(database, "orders", "order_id", "customer_id") == [("o1", "ana"), ("o2", "ana")]
    assert found(report)["merged"] == 2
    with database.read() as connection:
        made = {(row.kept_id, row.merged_id, row.key_name, row.by) for row in merge_rows(connection)}
    assert made == {("ana", "crm-7", "email", "import: crm"), ("cleo", "crm-9", "loyalty", "import: crm")}


def test_importing_again_finds_who_is_who_and_merges_nobody_twice(database: Database, tmp_path: Path) -> None:
    both(database, tmp_path)
    report = both(database, tmp_path)
    assert report.tables["customers"].rejected == {"merged into another customer": 2}
    assert "merged" not in found(report)
    assert rows(database, "orders", "order_id", "customer_id") == [("o1", "ana"), ("o2", "ana")]
    assert len(rows(database, "customers", "customer_id")) == 4


def test_a_person_is_asked_where_the_mapping_says_so(tmp_path: Path) -> None:
    database = memory_database()
    assert found(both(database, tmp_path, same="propose"))["merge_proposed"] == 2
    assert len(rows(database, "customers", "customer_id")) == 6
    assert "merge_proposed" not in found(both(database, tmp_path, same="propose"))


def test_whom_a_person_separated_no_import_merges_again(tmp_path: Path) -> None:
    database = memory_database()
    both(database, tmp_path)
    with database.write() as connection:
        for row in merge_rows(connection, "merged"):
            unmerge(connection, row.merge_id, by="a test", at=NOW)
    assert "merged" not in found(both(database, tmp_path))
    assert len(rows(database, "customers", "customer_id")) == 6


def test_a_key_of_too_many_is_nobodys_and_a_broken_one_none(tmp_path: Path) -> None:
    people = (
        "id,name,mail,card\n" + "".join(f"{n},N,shop@example.org,\n" for n in range(1, 5)) + "9,N,not an address,\n"
    )
    database = memory_database()
    report = import_shop(database, mapping(tmp_path, "shop", people), lambda *_: None, NOW)
    assert (found(report)["shared_key"], found(report)["bad_key"]) == (4, 1)
    assert len(rows(database, "customers", "customer_id")) == 5
    (example,) = next(one for one in report.findings if one.check == "shared_key").examples
    assert example == {"by": "email", "key": "s…", "customers": "4"}


def test_a_verified_key_that_no_table_maps_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(
        MappingError, match=r"identity.verified: phone is no key of a customer; mapped: email, loyalty\."
    ):
        imported(memory_database(), mapping(tmp_path, "shop", SHOP, verified="[phone]"), NOW)
