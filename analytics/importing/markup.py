"""Prose as shops keep it, HTML and all, to plain text."""

from __future__ import annotations

from html.parser import HTMLParser

#: Letters kept of a description, and those looked at to find them: broken markup takes the square of them in time.
LONGEST, _LOOKED_AT = 2_000, 10_000
#: What stands inside is no prose.
_SILENT = frozenset({"script", "style", "template", "noscript", "title"})
#: Tags inside a word or a sentence; any other ends it.
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"})


def plain_text(text: str | None) -> str | None:
    """Give a text without tags, entities and runs of blanks, cut after a whole word; None where nothing is left.

    What is left may hold any character, "<" too: whoever shows it escapes it, as every text of the catalogue.

    >>> plain_text("<p>Soft &amp; <b>warm</b>.</p><p>Of wool.</p>")
    'Soft & warm. Of wool.'
    """
    if text is None:
        return None
    reader = _Reader()
    reader.feed(text[:_LOOKED_AT])
    reader.close()
    plain = " ".join("".join(reader.pieces).split())
    if len(plain) > LONGEST:
        plain = plain[: LONGEST + 1].rpartition(" ")[0] or plain[:LONGEST]
    return plain or None


class _Reader(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._silent += tag in _SILENT
        self._end_of_words(tag)

    def handle_startendtag(self, tag: str, _attrs: object) -> None:
        self._end_of_words(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._end_of_words(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        """Pass over "<![…>" as browsers do; the parser fails where it does not know the word after it."""
        return self.rawdata.find(">", i) + 1 or -1

    def _end_of_words(self, tag: str) -> None:
        if tag not in _INLINE:
            self.pieces.append(" ")
