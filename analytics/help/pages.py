"""Reading the shop's help pages: a folder of Markdown, each page checked, all faults told at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from analytics.help_records import HELP_PATH, HelpPage, HelpSection
from analytics.shop.loader import ShopFileError
from language.yaml_text import load_yaml

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_PAGE = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_PAGE_LINK = re.compile(r"\]\((?P<slug>[\w-]+)\.md(?P<anchor>#[\w-]*)?\)")


class HelpPageError(ShopFileError):
    """A help page is wrong; the message lists every fault of every page."""


class _Front(BaseModel):
    """What stands between the two lines of dashes at the top of a page."""

    model_config = ConfigDict(extra="forbid")

    title: _Text
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    keywords: list[_Text] = Field(min_length=1)
    asked: dict[_Text, list[_Text]] = {}


def load_help(folder: Path) -> tuple[HelpPage, ...]:
    """Read all pages of a folder.

    Parameters
    ----------
    folder : holds `<slug>.md` files: front matter (`title`, `slug`, `keywords`, and where wanted `asked`: questions by
        heading), then Markdown whose `## ` headings divide it into passages.

    Returns
    -------
    The pages, sorted by title; none where there is no such folder.

    Raises
    ------
    HelpPageError
        With every fault: a key that is missing or unknown, a slug that differs from the file's name, a heading given
        twice or without words under it, a link to a page that is not there.
    """
    files = sorted(folder.glob("*.md"))
    slugs = {file.stem for file in files}
    faults: list[str] = []
    pages: list[HelpPage] = []
    for file in files:
        page = _read(file, faults)
        if page is not None:
            faults += [f"{file.name}: {fault}" for fault in _faults(page, file.stem, slugs)]
            pages.append(page)
    if faults:
        raise HelpPageError(f"Help pages in {folder}: " + "; ".join(faults))
    return tuple(sorted(map(_with_addresses, pages), key=lambda page: page.title.lower()))


def _read(file: Path, faults: list[str]) -> HelpPage | None:
    """Read one page as it is written; None, and its fault noted, where that can't be done."""
    try:
        parts = _PAGE.match(file.read_text(encoding="utf-8"))
        if parts is None:
            faults.append(f"{file.name}: begin it with a line of three dashes, title, slug, keywords, and three dashes")
            return None
        front = _Front.model_validate(load_yaml(parts["front"]))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(f"{file.name}: cannot be read ({' '.join(str(error).split())})")
        return None
    except ValidationError as error:
        told = (f"{'.'.join(map(str, fault['loc'])) or 'front matter'}: {fault['msg']}" for fault in error.errors())
        faults += [f"{file.name}: {line}" for line in told]
        return None
    sections = tuple(_sections(parts["body"], front.asked))
    unknown = front.asked.keys() - {section.heading for section in sections}
    faults += [f"{file.name}: asked names the heading {heading!r}, which it does not have" for heading in unknown]
    return HelpPage(slug=front.slug, title=front.title, keywords=tuple(front.keywords), sections=sections)


def _sections(body: str, asked: dict[str, list[str]]) -> Iterator[HelpSection]:
    intro, *rest = _HEADING.split(body)
    if intro.strip():
        yield HelpSection(heading="", anchor="", markdown=intro.strip())
    for heading, text in zip(rest[::2], rest[1::2], strict=True):
        questions = tuple(asked.get(heading, ()))
        yield HelpSection(heading=heading, anchor=_anchor(heading), markdown=text.strip(), asked=questions)


def _anchor(heading: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower().replace("'", "")))


def _faults(page: HelpPage, stem: str, slugs: Collection[str]) -> Iterator[str]:
    if page.slug != stem:
        yield f"its slug is {page.slug!r}; name the file {page.slug}.md"
    if not page.sections:
        yield "has no text"
    anchors = [section.anchor for section in page.sections]
    for section in page.sections:
        if not section.markdown:
            yield f"nothing stands under {section.heading!r}"
        if anchors.count(section.anchor) > 1:
            yield f"the heading {section.heading!r} is given twice"
        missing = {link["slug"] for link in _PAGE_LINK.finditer(section.markdown)} - set(slugs)
        yield from (f"links to {slug}.md, which is not there" for slug in sorted(missing))


def _with_addresses(page: HelpPage) -> HelpPage:
    """Turn links between the files, which work where they are written, into links between the pages."""
    sections = tuple(
        HelpSection(
            heading=section.heading,
            anchor=section.anchor,
            markdown=_PAGE_LINK.sub(rf"]({HELP_PATH}/\g<slug>\g<anchor>)", section.markdown),
            asked=section.asked,
        )
        for section in page.sections
    )
    return HelpPage(slug=page.slug, title=page.title, keywords=page.keywords, sections=sections)
