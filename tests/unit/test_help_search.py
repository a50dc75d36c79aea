"""Searching help pages: by words, by meaning, by both, and finding nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analytics.facade import AnalyticsUnavailable
from analytics.help.desk import HelpDesk
from analytics.help.lexical import LexicalIndex, stems
from analytics.help.passages import Passage
from analytics.help_records import HelpPage, HelpSection
from language.encoder_files import EncoderFileError
from tests.support.word_encoder import WordEncoder


def page(slug: str, **sections: str) -> HelpPage:
    parts = [HelpSection(heading=heading, anchor=heading.lower(), markdown=text) for heading, text in sections.items()]
    return HelpPage(slug=slug, title=slug.title(), keywords=(slug,), sections=tuple(parts))


PAGES = (
    page("delivery", Fees="The van costs money.", Times="It comes on Sundays."),
    page("returns", Money="We refund you."),
    page("account", Secret="Forgot your password?"),
)


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def desk(tmp_path: Path, encoder: WordEncoder) -> HelpDesk:
    return HelpDesk(PAGES, tmp_path / "help", lambda: encoder)


def passage(text: str) -> Passage:
    return Passage(title="", heading="", text=text, url="", keywords=(), asked=())


def test_words_of_one_family_have_one_stem_and_small_words_none() -> None:
    assert stems("Do you deliver the deliveries of your delivery?") == ["delive", "delive", "delive"]


def test_a_rare_word_says_more_than_a_frequent_one() -> None:
    index = LexicalIndex([passage("bread milk"), passage("bread eggs"), passage("bread jam")])
    scores = index.scores("bread milk")
    assert scores[0] > scores[1] == pytest.approx(scores[2])
    assert scores[1] > 0


def test_a_word_that_no_page_has_lowers_the_score() -> None:
    index = LexicalIndex([passage("milk"), passage("eggs")])
    assert index.scores("milk zeppelin")[0] < index.scores("milk")[0]


def test_no_words_and_no_pages_score_nothing() -> None:
    assert LexicalIndex([passage("milk")]).scores("?!").tolist() == [0.0]
    assert LexicalIndex([]).scores("milk").shape == (0,)


def test_a_passage_is_found_by_its_words(desk: HelpDesk) -> None:
    found = desk.find("does it come on sundays", 3)
    assert [(hit.title, hit.url, hit.text) for hit in found] == [
        ("Delivery", "/help/delivery#times", "It comes on Sundays.")
    ]


def test_a_passage_is_found_by_its_meaning(desk: HelpDesk) -> None:
    assert [hit.url for hit in desk.find("will you reimburse me", 3)] == ["/help/returns#money"]


def test_a_page_is_given_once_and_no_more_than_asked_for(desk: HelpDesk) -> None:
    found = desk.find("delivery refund van sundays fees money", 3)
    assert [hit.url.partition("#")[0] for hit in found] == ["/help/delivery", "/help/returns"]
    assert found[0].score >= found[1].score
    assert len(desk.find("delivery refund van sundays fees money", 1)) == 1
    assert desk.find("delivery", 0) == []


@pytest.mark.parametrize("question", ["nowhere to be found", "", "  ", "?!"])
def test_what_no_page_is_about_finds_nothing(desk: HelpDesk, question: str) -> None:
    assert desk.find(question, 3) == []


def test_without_pages_no_encoder_is_opened(tmp_path: Path) -> None:
    def refuse() -> WordEncoder:
        raise AssertionError("not needed")

    assert HelpDesk((), tmp_path, refuse).find("returns", 3) == []


def test_vectors_are_made_once_and_kept_for_the_next_start(tmp_path: Path) -> None:
    first, second = WordEncoder(), WordEncoder()
    before = HelpDesk(PAGES, tmp_path, lambda: first).scores("refund")
    after = HelpDesk(PAGES, tmp_path, lambda: second).scores("refund")
    assert len(first.encoded) == 4 + 1
    assert second.encoded == ["refund"]
    assert np.allclose(before, after, atol=1e-3)


def test_changed_pages_are_encoded_anew_and_the_old_vectors_go(tmp_path: Path) -> None:
    HelpDesk(PAGES, tmp_path, WordEncoder).scores("refund")
    encoder = WordEncoder()
    HelpDesk(PAGES[:2], tmp_path, lambda: encoder).scores("refund")
    assert len(encoder.encoded) == 3 + 1
    assert len(list(tmp_path.glob("*.npy"))) == 1


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    HelpDesk(PAGES, tmp_path, WordEncoder).scores("refund")
    next(tmp_path.glob("*.npy")).write_bytes(b"not an array")
    encoder = WordEncoder()
    HelpDesk(PAGES, tmp_path, lambda: encoder).scores("refund")
    assert len(encoder.encoded) == 4 + 1


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert HelpDesk(PAGES, tmp_path / "file" / "help", WordEncoder).find("refund", 1)


def test_without_its_encoder_the_desk_says_how_to_get_it(tmp_path: Path) -> None:
    def missing() -> WordEncoder:
        raise EncoderFileError("The Python package is not installed. Run: make setup")

    with pytest.raises(AnalyticsUnavailable, match="make setup"):
        HelpDesk(PAGES, tmp_path, missing).find("refund", 1)
