"""One trained model and one Rasa for all dialogues; every test gets a fresh shop behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rapport.paths import PROJECT
from tests.support.dialogue_house import CornerShop, DialogueHouse
from tests.support.fake_analytics import FakeAnalytics
from tests.support.gateway_talk import GatewayTalk
from tests.support.rasa_house import RasaHouse, trained_model
from tests.support.vague import VAGUE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.conversation)


@pytest.fixture(scope="session")
def rasa_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaHouse]:
    """Rasa and the action server, running."""
    if not (PROJECT / ".venv-rasa" / "bin" / "python").exists():
        pytest.skip("Rasa's environment is missing: run `make setup`")
    folder = tmp_path_factory.mktemp("rasa")
    house = RasaHouse(folder, trained_model(folder))
    try:
        house.wait_until_ready()
        yield house
    finally:
        house.stop()


@pytest.fixture
def shop() -> FakeAnalytics:
    """The shop of this test."""
    return FakeAnalytics()


@pytest.fixture
def house(rasa_house: RasaHouse, shop: FakeAnalytics) -> RasaHouse:
    """Rasa before the shop of this test."""
    rasa_house.meet(shop)
    return rasa_house


@pytest.fixture(scope="session")
def unclear(rasa_house: RasaHouse) -> str:
    """Words that may mean several things to this model: which ones do changes with every intent it learns."""
    rasa_house.meet(FakeAnalytics())
    asked_back = (text for text in VAGUE if rasa_house.talk("ana").says(text).body["outcome"] == "asked_back")
    return next(asked_back)


@pytest.fixture(scope="session")
def dialogue_house(rasa_house: RasaHouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DialogueHouse]:
    """The whole house but for its shop: gateways open before the running Rasa."""
    house = DialogueHouse(rasa_house, tmp_path_factory.mktemp("dialogues"))
    yield house
    house.stop()


@pytest.fixture
def corner(dialogue_house: DialogueHouse) -> Iterator[CornerShop]:
    """A fresh corner shop (`tests/support/corner_shop.py`) in its database, with a gateway before it."""
    with dialogue_house.fresh() as shop:
        yield shop


@pytest.fixture
def talks(corner: CornerShop) -> Callable[..., GatewayTalk]:
    """Open the widget: `talks("ana")` is signed in, `talks()` a visitor."""
    return corner.talk
