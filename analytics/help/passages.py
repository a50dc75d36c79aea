"""The pages cut into what is searched: one passage a section, with all the words and sentences that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analytics.help_records import HelpPage, HelpSection

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_EMPHASIS = re.compile(r"\*\*|`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One section as it is searched and shown."""

    title: str
    heading: str
    text: str
    url: str
    keywords: tuple[str, ...]
    asked: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is compared by meaning: the whole of it, then each question it answers."""
        return (f"{self.title}. {self.heading}. {self.text}", *self.asked)


def passages_of(pages: Iterable[HelpPage]) -> tuple[Passage, ...]:
    """Give the passages of all pages, in the order of pages and sections."""
    return tuple(
        Passage(
            title=page.title,
            heading=section.heading,
            text=plain_text(section.markdown),
            url=f"{page.url}#{section.anchor}" if section.anchor else page.url,
            keywords=page.keywords,
            asked=section.asked,
        )
        for page in pages
        for section in searched(page)
    )


def searched(page: HelpPage) -> tuple[HelpSection, ...]:
    """Give the sections that may answer: a page's opening words tell what it is about, and answer nothing."""
    return tuple(section for section in page.sections if section.heading) or page.sections


def plain_text(markdown: str) -> str:
    """Give Markdown as a chat shows it: links as their words, no marks of emphasis; lists and paragraphs stay."""
    return _EMPHASIS.sub("", _LINK.sub(r"\1", markdown)).strip()
