"""What other systems feed: the CRM, social media, review sites. One customer across all of them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from analytics.importing.errors import MappingError
from analytics.importing.report import ImportReport
from analytics.jobs.import_shop import import_shop
from rapport.paths import PROJECT
from store.engine import Database
from store.memory import memory_database
from store.repositories.accounts import consents_of
from store.tables import consents, identities
from tests.support.public_data import needs
from tests.support.small_shop import empty_database, imported, rows, write_shop

pytestmark = pytest.mark.integration

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
CRM = """
    id,shop_id,mail,first,likes,news,day,city
    7,ana,,Anna,"tea; dark chocolate",no,,Ulm
    8,,ben@example.org,Benny,,yes,2026-03-01,Bonn
    9,,eve@example.org,Eve,coffee,maybe,,Kiel
    """
CONTACTS = """
    shop: crm
    identity: {verified: [email], same: merge}
    sources: {people: {file: crm.csv}}
    tables:
      contacts:
        from: people
        fields:
          contact_id: id
          customer_id: shop_id
          name: first
          email: mail
          stage: {constant: customer}
          traits: {city: city, age: {constant: "50"}}
          preferences: {likes: likes}
          consents: {newsletter: news}
          decided_at: day
    """
SAID = """
    id,network,handle,text,when,link,sku
    m1,Twitter,@Ana_L,"I love the kids cereal, wonderful!",2026-03-11 10:00,https://example.org/1,
    m2,Twitter,somebody,"Terrible service, I am so angry",2026-03-11 11:00,,p4
    m3,Twitter,somebody,"Ich bin sehr zufrieden mit der schnellen Lieferung und dem Service",2026-03-11 12:00,,
    m4,Twitter,somebody,card 4111 1111 1111 1111,2026-03-11 12:00,,nothing
    """
REVIEWS = """
    id,site,sku,stars,text,who,mail,when
    r1,market,p1,5,"Excellent, we love it",Ben,BEN@example.org,2026-03-12
    r2,market,p2,6,too many stars,Eve,,2026-03-12
    r3,market,p77,3,no such thing,Eve,,2026-03-12
    r4,market,p2,1,,Eve,,2026-03-12
    """
VOICES = """
    shop: voices
    identity: {verified: [email]}
    sources: {said: {file: said.csv}, reviews: {file: reviews.csv}}
    tables:
      mentions:
        from: said
        fields:
          {mention_id: id, network: network, handle: handle, text: text, written_at: when, url: link, product_id: sku}
      outside_reviews:
        from: reviews
        fields:
          {review_id: id, site: site, product_id: sku, stars: stars, text: text, author: who, email: mail,
           written_at: when}
    """


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with empty_database(request.param) as made:
        fill(made, tmp_path)
        yield made


def fill(database: Database, folder: Path) -> None:
    """Import the small shop; ben's e-mail address and ana's handle are verified."""
    imported(database, write_shop(folder), NOW)
    keys = (("email", "ben@example.org", "ben"), ("twitter", "ana_l", "ana"))
    with database.write() as connection:
        for channel, address, who in keys:
            values = {"channel": channel, "address": address, "customer_id": who, "verified_at": NOW}
            connection.execute(insert(identities).values(**values))


def take(database: Database, folder: Path, mapping: str, **files: str) -> ImportReport:
    for name, content in {"crm": CRM, "said": SAID, "reviews": REVIEWS, **files}.items():
        (folder / f"{name}.csv").write_text(textwrap.dedent(content).strip() + "\n", encoding="utf-8")
    (folder / "other.yml").write_text(textwrap.dedent(mapping), encoding="utf-8")
    return imported(database, folder / "other.yml", NOW)


def people(database: Database) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in rows(database, "customers", "customer_id", "name", "email", "traits")}


def newsletter(database: Database, who: str) -> bool | None:
    with database.read() as connection:
        row = consents_of(connection, who, NOW).get("newsletter")
    return None if row is None else row.granted


def test_a_contact_is_the_customer_it_names_or_whose_key_it_has_or_somebody_new(
    database: Database, tmp_path: Path
) -> None:
    report = take(database, tmp_path, CONTACTS)
    assert report.tables["contacts"].written == 3
    assert people(database) == {
        # Her age is the shop's own word, the city the CRM's.
        "ana": ("Ana Lena", None, {"age": "34", "city": "Ulm"}),
        "ben": ("Ben O'Neil", "ben@example.org", {"age": "50", "city": "Bonn"}),
        "crm:9": ("Eve", "eve@example.org", {"age": "50", "city": "Kiel"}),
    }
    assert rows(database, "contacts", "contact_id", "customer_id") == [("7", "ana"), ("8", "ben"), ("9", "crm:9")]
    assert dict(rows(database, "profiles", "customer_id", "preferences")) == {
        "ana": {"likes": ["tea", "dark chocolate"]},
        "crm:9": {"likes": ["coffee"]},
    }
    assert [newsletter(database, who) for who in ("ana", "ben", "crm:9")] == [False, True, None]
    assert {one.check: one.found for one in report.findings} == {"unknown_consent": 1}


def test_contacts_again_change_nothing_and_changed_ones_what_they_changed(database: Database, tmp_path: Path) -> None:
    take(database, tmp_path, CONTACTS)
    before = (people(database), rows(database, "consents", "customer_id", "granted"))
    take(database, tmp_path, CONTACTS)
    # The shop's own import writes traits anew; what the CRM knows is filled in again.
    imported(database, tmp_path / "mapping.yml", NOW)
    assert (people(database), rows(database, "consents", "customer_id", "granted")) == before
    take(database, tmp_path, CONTACTS, crm=CRM.replace("Ulm", "Bern").replace("tea; dark", "coffee; dark"))
    assert people(database)["ana"][2] == {"age": "34", "city": "Bern"}
    assert dict(rows(database, "profiles", "customer_id", "preferences"))["ana"] == {
        "likes": ["coffee", "dark chocolate"]
    }


def test_what_she_decided_later_herself_wins_over_the_crm(tmp_path: Path) -> None:
    database = memory_database()
    fill(database, tmp_path)
    take(database, tmp_path, CONTACTS)
    decision = {"purpose": "newsletter", "key": "chat", "decided_at": NOW}
    with database.write() as connection:
        connection.execute(insert(consents).values(customer_id="ana", granted=True, **decision))
        connection.execute(insert(consents).values(customer_id="ben", granted=False, **decision))
    take(database, tmp_path, CONTACTS)
    assert [newsletter(database, who) for who in ("ana", "ben")] == [True, False]


def test_mentions_are_linked_and_felt(database: Database, tmp_path: Path) -> None:
    take(database, tmp_path, VOICES)
    found = {row[0]: row[1:] for row in rows(database, "mentions", "mention_id", "handle", "customer_id", "product_id")}
    # Three products are called kids cereal: none of them is plainly meant.
    assert found["m1"] == ("ana_l", "ana", None)
    assert found["m2"] == ("somebody", None, "p4")
    assert found["m4"] == ("somebody", None, None)
    feels = dict(rows(database, "mentions", "mention_id", "sentiment"))
    assert feels["m1"] > 0.3
    assert feels["m2"] < -0.3
    assert feels["m3"] is None
    assert dict(rows(database, "mentions", "mention_id", "text"))["m4"] == "card [card number removed]"


def test_reviews_elsewhere_have_stars_and_an_author_where_the_address_is_known(
    database: Database, tmp_path: Path
) -> None:
    report = take(database, tmp_path, VOICES)
    assert report.tables["outside_reviews"].rejected == {"stars is above 5": 1, "unknown product": 1}
    assert rows(database, "outside_reviews", "review_id", "product_id", "stars", "customer_id") == [
        ("r1", "p1", 5, "ben"),
        ("r4", "p2", 1, None),
    ]
    assert dict(rows(database, "outside_reviews", "review_id", "sentiment"))["r4"] is None


def test_importing_voices_again_changes_what_changed(tmp_path: Path) -> None:
    database = memory_database()
    fill(database, tmp_path)
    take(database, tmp_path, VOICES)
    before = rows(database, "mentions", "mention_id", "sentiment", "text")
    take(database, tmp_path, VOICES)
    assert rows(database, "mentions", "mention_id", "sentiment", "text") == before
    take(database, tmp_path, VOICES, said=SAID.replace("I love", "I hate").replace("wonderful!", "awful!"))
    assert dict(rows(database, "mentions", "mention_id", "sentiment"))["m1"] < 0


def test_a_consent_to_nothing_we_know_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"tables.contacts.fields.consents.fax: no such purpose; known: newsletter,"):
        take(memory_database(), tmp_path, CONTACTS.replace("{newsletter: news}", "{fax: news}"))


@needs("customer_personality")
def test_people_without_orders_come_in_with_their_demographics() -> None:
    database = memory_database()
    mapping = PROJECT / "rapport/shops/customer_personality/mapping.yml"
    report = import_shop(database, mapping, lambda *_: None, NOW)
    assert (report.tables["contacts"].read, report.tables["contacts"].written) == (2_240, 2_240)
    found = people(database)
    assert len(found) == 2_240
    assert found["customer_personality:5524"][2] == {
        "year_of_birth": "1957", "education": "Graduation", "marital_status": "Single", "income": "58138",
        "children": "0", "teenagers": "0",
    }  # fmt: skip
    # 24 people did not tell their income.
    assert sum("income" in row[2] for row in found.values()) == 2_240 - 24
