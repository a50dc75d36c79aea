"""Returns find the purchases they undo: same price first, then the latest; never more pieces than were bought."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.importing.returns import Bought, Part, Returned, match

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=366)


def bought(row: int, day: int, quantity: int, amount: float) -> Bought:
    return Bought(row=row, order_id=f"o{row}", at=NOON + timedelta(days=day), quantity=quantity, amount=amount)


def returned(row: int, day: int, quantity: int, amount: float) -> Returned:
    at = NOON + timedelta(days=day)
    return Returned(row=row, return_id=f"C{row}", at=at, quantity=quantity, amount=amount)


def told(parts: list[Part]) -> list[tuple[str | None, int, float]]:
    return [(part.bought.order_id if part.bought else None, part.quantity, part.amount) for part in parts]


def test_a_return_takes_pieces_and_money_off_its_purchase() -> None:
    line = bought(1, 0, 6, 12.0)
    assert told(match([returned(9, 2, 2, 4.0)], [line], YEAR)) == [("o1", 2, 4.0)]
    assert (line.left, line.worth) == (6 - 2, 12.0 - 4.0)


def test_the_same_price_comes_before_the_latest() -> None:
    lines = [bought(1, 0, 1, 2.0), bought(2, 1, 1, 3.0), bought(3, 2, 1, 2.0)]
    assert told(match([returned(9, 5, 1, 3.0)], lines, YEAR)) == [("o2", 1, 3.0)]
    assert told(match([returned(9, 5, 1, 2.0)], lines, YEAR)) == [("o3", 1, 2.0)]


def test_a_return_may_undo_several_purchases_and_leave_a_rest() -> None:
    lines = [bought(1, 0, 2, 4.0), bought(2, 1, 3, 6.0)]
    assert told(match([returned(9, 5, 7, 14.0)], lines, YEAR)) == [
        ("o2", 3, 6.0),
        ("o1", 2, 4.0),
        (None, 2, 14.0 * 2 / 7),
    ]


def test_nothing_is_returned_before_it_was_bought_nor_long_after() -> None:
    assert told(match([returned(9, 0, 1, 2.0)], [bought(1, 1, 1, 2.0)], YEAR)) == [(None, 1, 2.0)]
    assert told(match([returned(9, 31, 1, 2.0)], [bought(1, 0, 1, 2.0)], timedelta(days=30))) == [(None, 1, 2.0)]


def test_what_was_paid_is_taken_off_whatever_was_given_back() -> None:
    line = bought(1, 0, 1, 10.0)
    assert told(match([returned(9, 3, 1, 8.0)], [line], YEAR)) == [("o1", 1, 10.0)]
    assert line.worth == 0.0


LINE = st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(1, 50))


@settings(max_examples=100, deadline=None)
@given(st.lists(LINE, max_size=6), st.lists(LINE, max_size=6))
def test_no_piece_and_no_cent_is_lost_or_taken_twice(
    purchases: list[tuple[int, int, int]], given_back: list[tuple[int, int, int]]
) -> None:
    lines = [bought(row, day, pieces, pieces * price / 10) for row, (day, pieces, price) in enumerate(purchases)]
    back = [returned(row, day, pieces, pieces * price / 10) for row, (day, pieces, price) in enumerate(given_back)]
    parts = match(back, lines, YEAR)
    for one in back:
        assert sum(part.quantity for part in parts if part.returned is one) == one.quantity
    for line in lines:
        own = [part for part in parts if part.bought is line]
        assert line.left == line.quantity - sum(part.quantity for part in own) >= 0
        assert abs(line.worth + sum(part.amount for part in own) - line.amount) < 0.001
        assert all(part.returned.at >= line.at for part in own)
