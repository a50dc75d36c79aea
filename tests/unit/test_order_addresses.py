"""Where an order is to be sent, read from a message."""

from __future__ import annotations

import pytest

from actions.order_reading import address_in


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("send it to 14 Elm Street, Dayton 45402 instead", "14 Elm Street, Dayton 45402"),
        ("please deliver to 14 Elm Street, Dayton 45402 please, thanks!", "14 Elm Street, Dayton 45402"),
        ("my new address is Elm Road 14, 45402 Dayton", "Elm Road 14, 45402 Dayton"),
        ("change the address", ""),
    ],
)
def test_what_stands_beside_an_address_is_no_part_of_it(said: str, address: str) -> None:
    assert address_in(said) == address
