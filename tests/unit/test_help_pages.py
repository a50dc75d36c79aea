"""Reading help pages: what a page becomes, and how faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.help.pages import HelpPageError, load_help
from analytics.help.passages import passages_of, plain_text

FRONT = "---\ntitle: Returns\nslug: returns\nkeywords: [refund]\nasked:\n  Fresh food:\n    - is it too old\n---\n"
BODY = "You get it back.\n\n## Fresh food\nTell us, see [delivery](delivery.md#fees).\n\n## Can't return\nNothing.\n"
DELIVERY = "---\ntitle: delivery\nslug: delivery\nkeywords: [van]\n---\n## Fees\nFree.\n"


def folder_of(tmp_path: Path, **pages: str) -> Path:
    for slug, text in pages.items():
        (tmp_path / f"{slug}.md").write_text(text)
    return tmp_path


def test_a_page_is_its_opening_words_and_its_sections(tmp_path: Path) -> None:
    _, page = load_help(folder_of(tmp_path, returns=FRONT + BODY, delivery=DELIVERY))
    assert (page.title, page.url, page.keywords) == ("Returns", "/help/returns", ("refund",))
    assert [(section.heading, section.anchor) for section in page.sections] == [
        ("", ""), ("Fresh food", "fresh-food"), ("Can't return", "cant-return"),
    ]  # fmt: skip
    assert page.sections[1].asked == ("is it too old",)


def test_links_between_files_become_links_between_pages(tmp_path: Path) -> None:
    _, page = load_help(folder_of(tmp_path, returns=FRONT + BODY, delivery=DELIVERY))
    assert page.sections[1].markdown == "Tell us, see [delivery](/help/delivery#fees)."


def test_pages_come_by_title_whatever_its_case(tmp_path: Path) -> None:
    pages = load_help(folder_of(tmp_path, returns=FRONT + BODY, delivery=DELIVERY))
    assert [page.slug for page in pages] == ["delivery", "returns"]


def test_a_shop_without_the_folder_has_no_pages(tmp_path: Path) -> None:
    assert load_help(tmp_path / "none") == ()


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("# Returns", "begin it with a line of three dashes"),
        ("---\ntitle: [\n---\nx\n", "cannot be read"),
        ("---\ntitle: R\nslug: returns\n---\nx\n", "keywords: Field required"),
        ("---\ntitle: R\nslug: returns\nkeywords: [21]\n---\nx\n", r"keywords\.0: Input should be a valid string"),
        ("---\ntitle: R\nslug: Re turns\nkeywords: [a]\n---\nx\n", "slug: "),
        ("---\ntitle: R\nslug: refunds\nkeywords: [a]\n---\nx\n", r"name the file refunds\.md"),
        ("---\ntitle: R\nslug: returns\nkeywords: [a]\nauthor: me\n---\nx\n", "author: Extra inputs"),
        ("---\ntitle: R\nslug: returns\nkeywords: [a]\n---\n\n", "has no text"),
        ("---\ntitle: R\nslug: returns\nkeywords: [a]\n---\n## A\n## B\nx\n", "nothing stands under 'A'"),
        ("---\ntitle: R\nslug: returns\nkeywords: [a]\n---\n## A\nx\n## A\ny\n", "'A' is given twice"),
        ("---\ntitle: R\nslug: returns\nkeywords: [a]\n---\nSee [it](gone.md).\n", r"links to gone\.md"),
        ("---\ntitle: R\nslug: returns\nkeywords: [a]\nasked: {B: [b]}\n---\n## A\nx\n", "asked names the heading 'B'"),
    ],
)
def test_every_fault_is_named_with_its_page(tmp_path: Path, page: str, fault: str) -> None:
    with pytest.raises(HelpPageError, match=rf"returns\.md: .*{fault}"):
        load_help(folder_of(tmp_path, returns=page))


def test_faults_of_several_pages_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(HelpPageError, match=r"(?s)a\.md: .*b\.md: "):
        load_help(folder_of(tmp_path, a="?", b="?"))


def test_opening_words_answer_nothing_where_there_are_sections(tmp_path: Path) -> None:
    passages = passages_of(load_help(folder_of(tmp_path, returns=FRONT + BODY, delivery=DELIVERY)))
    assert [passage.url for passage in passages] == [
        "/help/delivery#fees", "/help/returns#fresh-food", "/help/returns#cant-return",
    ]  # fmt: skip


def test_a_chat_shows_words_for_links_and_no_marks() -> None:
    assert plain_text("See **all** of [our bags](/help/bags).\n\n- one") == "See all of our bags.\n\n- one"
