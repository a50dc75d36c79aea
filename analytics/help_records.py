"""What passes through the facade about help pages: the pages themselves, and passages that answer a question."""

from __future__ import annotations

from dataclasses import dataclass

#: Path under which the gateway serves the pages; links in answers begin with it.
HELP_PATH = "/help"
#: From this score on every best passage was of the right page, for all tuning and all held-out questions
#: (tests/quality/help_questions.yml): sure enough to answer what was asked as something else, or not understood.
SURE_SCORE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpSection:
    """What stands under one heading of a page; the words before the first heading have neither heading nor anchor."""

    heading: str
    #: Fragment of the section's address: "when-the-refund-arrives".
    anchor: str
    #: Markdown; links to other help pages begin with `HELP_PATH`.
    markdown: str
    #: Questions it answers, in customers' words: they are searched, and shown nowhere.
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One page: `sections` in order, the words before the first heading first."""

    slug: str
    title: str
    keywords: tuple[str, ...]
    sections: tuple[HelpSection, ...]

    @property
    def url(self) -> str:
        """Address of the page, a path of the gateway."""
        return f"{HELP_PATH}/{self.slug}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPassage:
    """A passage that answers a question, with its address and how well it fits (0..1)."""

    #: Title of its page.
    title: str
    #: Plain text; lists keep one line an entry.
    text: str
    url: str
    score: float
