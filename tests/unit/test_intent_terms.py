"""The terms of a message: words, pairs and pieces, weighed so that a product of rows is a likeness."""

from __future__ import annotations

import math

import numpy as np
import pytest

from language.intent.terms import TermTable, terms

SENTENCES = ["where is my order", "where is my parcel?", "refund my order", "hello"]


def test_a_message_has_words_pairs_and_pieces_with_the_ends_of_words_marked() -> None:
    found = list(terms("My cat!"))
    assert found[:5] == ["my", "cat", "!", "my cat", "cat !"]
    pieces = {name[1:] for name in found[5:]}
    assert {" m", "my ", " my ", " ca", "cat", " cat ", " !"} <= pieces
    assert not any(len(piece.strip()) > 3 for piece in pieces)


def test_a_row_has_length_one_and_the_same_sentence_is_as_like_as_can_be() -> None:
    rows = TermTable.of(SENTENCES).rows(SENTENCES[:3])
    likeness = (rows @ rows.T).toarray()
    assert np.diag(likeness) == pytest.approx(np.ones(3), abs=1e-5)
    assert 0 < likeness[0, 2] < likeness[0, 1] < 1


def test_rare_terms_weigh_more_by_the_formula() -> None:
    table = TermTable.of(SENTENCES)
    rarity = dict(zip(table.names, table.rarity.tolist(), strict=True))
    assert rarity["refund"] == pytest.approx(math.log((1 + 4) / (1 + 1)) + 1)
    assert rarity["my"] == pytest.approx(math.log((1 + 4) / (1 + 3)) + 1)


def test_what_survives_a_typo_still_counts() -> None:
    rows = TermTable.of(SENTENCES).rows([SENTENCES[2], "refnd my oder"])
    assert (rows[0] @ rows[1].T).toarray()[0, 0] > 0.3


@pytest.mark.parametrize("text", ["", "😀😀", "zzz qqq"])
def test_a_message_without_a_known_term_has_an_empty_row(text: str) -> None:
    assert TermTable.of(SENTENCES).rows([text]).nnz == 0


def test_a_table_survives_its_arrays() -> None:
    table = TermTable.of([*SENTENCES, "wo ist Größe 42"])
    again = TermTable.from_arrays(table.as_arrays())
    assert again.names == table.names
    assert (again.rows(SENTENCES) != table.rows(SENTENCES)).nnz == 0
