"""The second shop by its own policy: identity first, its reasons, its refusals, a person for the rest.

See `dialogues/tau_retail.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.jobs.import_shop import import_shop
from rapport.paths import PROJECT
from tests.support.databases import migrated_file
from tests.support.dialogue_house import CornerShop, DialogueHouse
from tests.support.dialogue_script import Script, scripts
from tests.support.public_data import needs

pytestmark = needs("tau_retail")

SHOP = PROJECT / "rapport/shops/tau_retail"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole shop, imported once."""
    file = tmp_path_factory.mktemp("tau") / "shop.db"
    database = migrated_file(file)
    import_shop(database, SHOP / "mapping.yml", lambda *_: None, datetime.now(UTC))
    database.close()
    return file


@pytest.fixture
def tau(dialogue_house: DialogueHouse, template: Path) -> Iterator[CornerShop]:
    with dialogue_house.fresh(shop_file=SHOP / "shop.yml", template=template) as shop:
        yield shop


@pytest.mark.parametrize("script", scripts("tau_retail"), ids=lambda script: script.name)
def test_dialogue(script: Script, tau: CornerShop) -> None:
    script.play(tau)
