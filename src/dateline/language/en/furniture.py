"""What a web page puts around a story: stamps, buttons, the title once more, and the foot of the page.

Only their form is looked at, for often nothing but a space parts them from the story.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateline.data import load_yaml
from dateline.labels import PassageKind
from dateline.language.base import Token
from dateline.language.en.patterns import alternatives
from dateline.language.en.sentences import starts_sentence

_STAMP = 200
"""Characters a stamp may have at most."""
_NEAR = 3
"""Days between a stamp and the day of publication: web pages keep the day of their own time zone, or of a change."""
_TITLE = 4
"""Words of the shortest title that is looked for in the text."""
_NAME = 5
"""Words a writer's name has at most."""
_BARS = 2
"""Bars between names that make a list of links of them."""
_AGAIN = 6
"""Words in a row that show that a sentence begins once more."""
_FOOT = 0.6
"""The share of names among the words of the foot of a page."""
_STOPS = frozenset(".!?…:")
_OPENERS = frozenset("\"“‘'«([")
_PARTS = re.compile(r"\s[-–—|]\s")


@dataclass(frozen=True, slots=True)
class _Patterns:
    stamp: re.Pattern[str]
    buttons: re.Pattern[str]
    filed: re.Pattern[str]
    foot: re.Pattern[str]
    post: re.Pattern[str]
    subjects: frozenset[str]
    openers: frozenset[str]
    by: frozenset[str]
    lists: frozenset[str]
    months: dict[str, int]


@cache
def _patterns() -> _Patterns:
    data = load_yaml("dateline.language.en.data", "passages.yaml")
    times = load_yaml("dateline.language.en.data", "dates.yaml")
    stamp, months = data["stamp"], alternatives(times["months"])
    labels, zones = alternatives(stamp["labels"]), "|".join(stamp["zones"])
    buttons = rf"(?:{'|'.join(stamp['buttons'])})\b(?:\s\d+\b){{0,3}}"
    day = (
        rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m>{months})\.?,?[\s-]+(?P<y>\d{{4}})"
        rf"|(?P<m2>{months})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<y2>\d{{4}})"
        r"|(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<y3>\d{4}))"
    )
    hour = rf"(?:at\s+)?(?:\d{{1,2}}[:.]\d\d(?:\s*[ap]\.?m\b\.?)?|(?<=at\s)\d{{4}}|\d{{4}}(?=\s*(?:{zones})))"
    head = rf"(?P<label>(?:{labels})\s*:?\s+)?(?P<agency>(?-i:[A-Z]{{2,8}})\s+)?"
    week = rf"(?P<weekday>(?:{alternatives(times['weekdays'])})\.?,?\s+)?"
    zone = rf"(?:\s*\(?(?:{zones})\)?(?:\s?[+-]\d+)?)?"
    tail = rf"(?:\s*\((?:{labels})\b[^()]{{1,40}}\))?(?:[\s,|]*{hour})?{zone}(?:[\s,|]*{buttons})*"
    openers = alternatives(w.capitalize() for w in data["openers"])
    return _Patterns(
        re.compile(rf"{head}{week}{day}{tail}", re.IGNORECASE),
        re.compile(rf"(?:(?-i:[A-Z]{{2,8}})\s+)?{buttons}(?:[\s,|]*{buttons})*", re.IGNORECASE),
        re.compile(rf"[A-Z]{{4,}}(?:[ -][A-Z]{{3,}}){{0,2}}(?:,?\s[A-Z][a-z]+)?(?=\s(?:{openers})\s\S*[a-z])"),
        re.compile(rf"\b(?:{alternatives(data['ends'])})\b"),
        re.compile(
            r"(?:(?:https?\S+|pic\.twitter\.com\S*)\s+(?:[-–—]+\s*)?|[-–—]+\s*)(?:[A-Z]\S*\s+){1,4}\(@?\w{3,20}\)\s+"
            rf"(?i:{months})\.?\s+\d{{1,2}},?\s+\d{{4}}\b"
        ),
        frozenset(data["subjects"]),
        frozenset(data["openers"]),
        frozenset(data["by"]),
        frozenset(data["lists"]),
        dict(times["months"]),
    )


def is_stamp(text: str) -> bool:
    """Whether words are a day of publication, as `before_story` cuts them off."""
    m = _patterns().stamp.match(text)
    return m is not None and (m.end() == len(text) or text[m.end() :].split()[0].casefold() in _patterns().by)


def heads(text: str) -> bool:
    """Whether a line names a list of links below it."""
    return text.strip(" :-–—|").casefold().replace("’", "'") in _patterns().lists


def is_link(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a line below such a name is one of the links: it has no final stop."""
    return tokens[last - 1].text not in _STOPS and (last - first < 2 or tokens[last - 2].text not in _STOPS)


def is_foot(text: str, tokens: Sequence[Token], *, late: bool) -> bool:
    """Whether the words are those of the foot of a page: hardly anything but names, no final stop, a word for it; or,
    `late` in the report, names between bars."""
    if late and text.count(" | ") >= _BARS:
        return True
    if tokens[-1].text in _STOPS or not _patterns().foot.search(text):
        return False
    words = [t.text for t in tokens if t.text[0].isalnum()]
    return sum(not w[0].islower() for w in words) >= _FOOT * len(words)


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a report's page: its text and tokens, its title, the day of publication."""

    text: str
    tokens: Sequence[Token]
    title: str | None
    published: date | None

    def head(self, at: int, last: int) -> str:
        """The text from a token on."""
        return self.text[self.tokens[at].start : self.tokens[last - 1].end][:_STAMP]

    def after(self, first: int, last: int, length: int) -> int | None:
        """The token behind so many characters, if a sentence may begin there; None if a word is cut or goes on."""
        end = self.tokens[first].start + length
        after = bisect_left(self.tokens, end, first, last, key=lambda t: t.start)
        if after == first or self.tokens[after - 1].end > end:
            return None
        return after if after == last or starts_sentence(self.tokens[after]) else None


def before_story(page: Page, at: int, last: int) -> Iterator[tuple[int, int, PassageKind]]:
    """What stands at the head of a paragraph before its first sentence, in text order: stamps, buttons, the title once
    more, and where it was filed."""
    names, found = list(_titles(page.title)), False
    while at < last:
        after, kind = _stamped(page, at, last, names), PassageKind.DATELINE
        if after is None:
            after, kind = _pressed(page, at, last), PassageKind.CREDIT
        if after is None:
            after, kind = _titled(page, at, last, names, sure=found), PassageKind.HEADLINE
        if after is None and found:
            after, kind = _filed(page, at, last), PassageKind.DATELINE
        if after is None:
            return
        yield at, after, kind
        at, found = after, True


def _stamped(page: Page, at: int, last: int, names: Sequence[tuple[str, ...]]) -> int | None:
    """The end of a day of publication, and of who published it then."""
    m = _patterns().stamp.match(page.head(at, last))
    if m is None or not (m["label"] is not None or _is_published(m, page.published)):
        return None
    by = bisect_left(page.tokens, page.tokens[at].start + m.end(), at, last, key=lambda t: t.start)
    if by < last and page.tokens[by].lower in _patterns().by:
        return _signed(page, by + 1, last, names)
    return page.after(at, last, m.end())


def _signed(page: Page, at: int, last: int, names: Sequence[tuple[str, ...]]) -> int | None:
    """The end of a name of capitals, behind which the title or the opening word of a sentence stands."""
    for end in range(at + 1, min(at + _NAME, last - 1) + 1):
        if not page.tokens[end - 1].text[0].isupper():
            return None
        opens = page.tokens[end].lower in _patterns().openers and page.tokens[end].text[0].isupper()
        if opens or _titled(page, end, last, names, sure=True):
            return end
    return None


def _pressed(page: Page, at: int, last: int) -> int | None:
    """The end of the names of buttons."""
    m = _patterns().buttons.match(page.head(at, last))
    return page.after(at, last, m.end()) if m else None


def _filed(page: Page, at: int, last: int) -> int | None:
    """The end of a place of filing that has lost its dash: a name in capitals before the word that opens a sentence."""
    m = _patterns().filed.match(page.head(at, last))
    return page.after(at, last, m.end()) if m else None


def _is_published(m: re.Match[str], published: date | None) -> bool:
    """Whether a stamp without a label is the day of publication: a story that begins with another day tells of it."""
    if published is None:
        return False
    month = m["m"] or m["m2"]
    day = {int(m["d"] or m["d2"]), _patterns().months[month.casefold()]} if month else {int(m["a"]), int(m["b"])}
    year = int(m["y"] or m["y2"] or m["y3"])
    near = (published + timedelta(days=n) for n in range(-_NEAR, _NEAR + 1))
    return any(x.year == year and {x.day, x.month} == day for x in near)


def _titles(title: str | None) -> Iterator[tuple[str, ...]]:
    """The words of a title, whole and without the names of a site behind it, the longest first."""
    parts = list(_PARTS.finditer(title or ""))
    for end in (len(title or ""), *(m.start() for m in reversed(parts))):
        words = tuple(re.findall(r"\w+", (title or "")[:end].casefold()))
        if len(words) >= _TITLE:
            yield words


def _titled(page: Page, first: int, last: int, names: Sequence[tuple[str, ...]], *, sure: bool) -> int | None:
    """The end of the title, where it stands once more. A stop or a stamp parts it from the story, or came before."""
    for words in names:
        at, held = first, 0
        while at < last and held < len(words):
            parts = re.findall(r"\w+", page.tokens[at].lower)
            if tuple(parts) != words[held : held + len(parts)]:
                break
            at, held = at + 1, held + len(parts)
        while at < last and not page.tokens[at].text[0].isalnum() and page.tokens[at].text not in _OPENERS:
            at += 1
        if held < len(words) or at == last or not starts_sentence(page.tokens[at]):
            continue
        if sure or page.tokens[at - 1].text in _STOPS or _stamped(page, at, last, ()) or _pressed(page, at, last):
            return at
    return None


def begun_again(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """Where a sentence begins once more, word for word (a summary that has lost its stop); None if it does not."""
    head = [t.lower for t in tokens[first : first + _AGAIN]]
    if len(head) < _AGAIN or not starts_sentence(tokens[first]):
        return None
    for i in range(first + _AGAIN, last - _AGAIN + 1):
        if tokens[i].text == tokens[first].text and [t.lower for t in tokens[i : i + _AGAIN]] == head:
            return i
    return None


def inside_story(
    text: str, tokens: Sequence[Token], first: int, last: int
) -> Iterator[tuple[int, int, PassageKind | None]]:
    """A sentence in parts, in text order: who wrote a post that is shown in the story, the names of its subjects, and
    sentences (their kind is None), of which there are two where one begins once more."""
    for a, b, kind in _posts(text, tokens, first, last):
        if kind is None:
            told = _subjects(tokens, a, b)
            if told > a:
                yield a, told, PassageKind.CREDIT
                a = told
            while again := begun_again(tokens, a, b):
                yield a, again, None
                a = again
        yield a, b, kind


def _posts(text: str, tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int, PassageKind | None]]:
    """A sentence, cut where somebody's name, handle and day stand behind a post: "Ana Orlo (@anaorlo) May 3, 2019"."""
    end = tokens[last - 1].end
    for m in _patterns().post.finditer(text, tokens[first].start, end):
        at, after = (bisect_left(tokens, x, first, last, key=lambda t: t.start) for x in m.span())
        if tokens[after - 1].end > m.end() or (after < last and not starts_sentence(tokens[after])):
            continue
        if at > first:
            yield first, at, None
        yield at, after, PassageKind.CREDIT
        first = after
    if first < last:
        yield first, last, None


def _subjects(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token behind the names of a story's subjects ("Tags Halam Army"), where the story follows at once."""
    held = _patterns()
    if tokens[first].lower not in held.subjects or first + 1 == last or not tokens[first + 1].text[0].isupper():
        return first
    opener = (i for i in range(first + 2, last - 1) if tokens[i].lower in held.openers and tokens[i].text[0].isupper())
    return next(opener, first)
