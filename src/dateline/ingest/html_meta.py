"""What a web page says about itself: JSON-LD, meta elements, link, time and byline, with the place of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.ingest.clean import one_line, same
from dateline.ingest.fields import scalar

_ARTICLE = re.compile(
    r"(?:News|Blog|Report|Satirical|Scholarly|Tech|Opinion|Analysis|Review)?\w*(?:Article|Posting|Report)$"
)
_LD_LIMIT = 200
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "originalpublicationdate",
    "rnews:datepublished",
)
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_TIME_XPATHS = (
    ("itemprop datePublished", "//*[@itemprop='datePublished']"),
    ("time pubdate", "//time[@pubdate]"),
    ("time in article", "//article//time[@datetime]|//main//time[@datetime]|//header//time[@datetime]"),
)
_BYLINE_XPATHS = (
    ("rel=author", "//*[@rel='author']"),
    ("itemprop author", "//*[@itemprop='author']"),
    ("byline", "//*[contains(concat(' ',normalize-space(@class),' '),' byline ') or @id='byline']"),
)
_BY = re.compile(r"^(?:by|from)[\s:]+", re.I)
_SEPARATOR = re.compile(r"\s+[|–—·:»-]\s+")
LATEST = "2199-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeta:
    """Metadata of one page. `dates` are candidates, best first; `furniture` holds lines (folded) that are no
    body text when they stand alone: links, times, the byline."""

    title: str | None
    author: str | None
    outlet: str | None
    url: str | None
    language: str | None
    dates: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    furniture: frozenset[str]


def metadata(tree: Any, url: str | None) -> PageMeta:
    """Read a page's metadata. `url` is where the page is known to come from, if it is."""
    linked = [d for d in _json_ld(tree) if _is_article(d)][:1]
    meta = _meta(tree)
    own_url = _canonical(tree, meta, url)
    found: list[tuple[str, str]] = []

    def first(field: str, candidates: Iterable[tuple[str, str | None]]) -> str | None:
        for place, value in candidates:
            if value and (line := one_line(value)):
                found.append((field, place))
                return line
        return None

    outlet = first("outlet", [*_outlets(linked, meta), ("url host", host_of(url or own_url))])
    title = first("title", _titles(tree, linked, meta, outlet))
    author = first("author", _authors(tree, linked, meta))
    language = first("language", _languages(tree, linked, meta))
    if own_url:
        found.append(("url", "canonical link"))
    times = tuple(one_line(t.text_content()).casefold() for t in tree.iter("time"))
    named = (author, f"by {author}" if author else None)
    links = (one_line(a.text_content()).casefold() for a in tree.iter("a"))
    lines = frozenset([*times, *links, *(n.casefold() for n in named if n)])
    dates = tuple(_dates(tree, linked, meta))
    if not dates and (day := _searched(tree, url or own_url)):
        dates = (("htmldate", day),)
    return PageMeta(
        title=title,
        author=author,
        outlet=outlet,
        url=own_url,
        language=language,
        dates=dates,
        found=tuple(found),
        furniture=lines,
    )


def host_of(url: str | None) -> str | None:
    """ "example.org" from "https://www.example.org/x"; None if there is no host."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of the page, in page order, `@graph` opened."""
    for node in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads((node.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        queue = [data]
        for seen in range(_LD_LIMIT):
            if seen >= len(queue):
                break
            match queue[seen]:
                case list() as several:
                    queue.extend(several)
                case dict() as one:
                    yield one
                    queue.extend(one[k] for k in ("@graph", "mainEntity") if isinstance(one.get(k), list | dict))


def _is_article(data: dict[str, Any]) -> bool:
    kinds = data.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(k, str) and _ARTICLE.fullmatch(k.rsplit("/", 1)[-1]) for k in named)


def _meta(tree: Any) -> dict[str, str]:
    """Content of the page's meta elements by name or property, in lower case; the first of a name counts."""
    out: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop")
        content = node.get("content")
        if name and content and content.strip():
            out.setdefault(name.strip().casefold(), content)
    return out


def _outlets(linked: list[dict[str, Any]], meta: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    for data in linked:
        yield "json-ld publisher", scalar(data.get("publisher"))
    for name in ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher"):
        yield f"meta {name}", meta.get(name)


def _titles(
    tree: Any, linked: list[dict[str, Any]], meta: dict[str, str], outlet: str | None
) -> Iterator[tuple[str, str | None]]:
    """The page's one h1 where metadata agree with it (what readers saw), else what metadata say."""
    headings = [one_line(h.text_content()) for h in tree.iter("h1")]
    stated = [
        ("json-ld headline", scalar(linked[0].get("headline")) if linked else None),
        ("meta og:title", _without_site(meta.get("og:title"), outlet)),
        ("meta twitter:title", _without_site(meta.get("twitter:title"), outlet)),
        ("title element", _without_site(tree.findtext(".//title"), outlet)),
    ]
    for heading in headings:
        words = set(heading.casefold().split())
        if words and any(len(words & set((s or "").casefold().split())) * 2 >= len(words) for _, s in stated):
            yield "h1", heading
            break
    yield from stated
    if len(headings) == 1:
        yield "h1", headings[0]


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """A title without the site's name at its end or start ("Market shelled | The Herald")."""
    parts = _SEPARATOR.split(title or "")
    if not title or not outlet or len(parts) < 2:
        return title
    if same(parts[-1], outlet):
        return title[: title.rindex(parts[-1])].rstrip(" \t\n|–—·:»-\xa0")
    if same(parts[0], outlet):
        return title[len(parts[0]) :].lstrip(" \t\n|–—·:»-\xa0")
    return title


def _authors(tree: Any, linked: list[dict[str, Any]], meta: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    for data in linked:
        yield "json-ld author", _person(scalar(data.get("author")))
    for name in _AUTHOR_NAMES:
        yield f"meta {name}", _person(meta.get(name))
    for place, path in _BYLINE_XPATHS:
        for node in tree.xpath(path)[:1]:
            yield place, _person(node.get("content") or node.text_content())


def _languages(tree: Any, linked: list[dict[str, Any]], meta: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    """(place, language tag): what is said of the article before what is said of the page."""
    for data in linked:
        yield "json-ld inLanguage", scalar(data.get("inLanguage"))
    yield "html lang", tree.get("lang")
    for name in ("og:locale", "dc.language", "dcterms.language", "language"):
        yield f"meta {name}", meta.get(name)


def _person(name: str | None) -> str | None:
    """A name without "By"; None for a URL or a whole paragraph."""
    bare = _BY.sub("", one_line(name or ""))
    return bare if bare and len(bare) <= 120 and "://" not in bare else None


def _canonical(tree: Any, meta: dict[str, str], base: str | None) -> str | None:
    hrefs = [n.get("href") for n in tree.xpath("//link[@rel='canonical']")] + [meta.get("og:url")]
    for href in hrefs:
        try:
            full = str(urljoin(base or "", (href or "").strip()))
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return full
    return None


def _dates(tree: Any, linked: list[dict[str, Any]], meta: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(place, raw value) for the day of publication, best first; never a day of modification."""
    for data in linked:
        for key in ("datePublished", "dateCreated"):
            if value := scalar(data.get(key)):
                yield f"json-ld {key}", value
    for name in _DATE_NAMES:
        if name in meta:
            yield f"meta {name}", meta[name]
    for place, path in _TIME_XPATHS:
        for node in tree.xpath(path)[:1]:
            if value := node.get("datetime") or node.get("content") or one_line(node.text_content()):
                yield place, value


def _searched(tree: Any, url: str | None) -> str | None:
    """htmldate's answer from date elements and the URL; its guesses from running text are switched off."""
    from htmldate import find_date

    day = find_date(tree, extensive_search=False, original_date=True, url=url, max_date=LATEST)
    return str(day) if day else None
