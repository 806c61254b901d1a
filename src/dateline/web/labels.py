"""How values are put into words for people. Unknown is always said, and never shown as 0."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from dateline.data import load_yaml
from dateline.records import Figure, Place


def words(kind: str) -> Any:
    """The desk's words for a kind of code."""
    return load_yaml("dateline.web", "words.yaml")[kind]


def signed(weight: float) -> str:
    """ "+1.2", "−0.8" with a minus as wide as the plus, "0.0"."""
    text = f"{weight:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def number_range(low: int | None, high: int | None, highest: int | None = None) -> str:
    """ "12", "12–17", "at least 12", "12 to at least 17" (`highest` is said), "at most 17", "unknown"."""
    if low is None and high is None:
        return "unknown"
    if high is None:
        return (
            f"{low:,} to at least {highest:,}" if highest and low is not None and highest > low else f"at least {low:,}"
        )
    if low is None:
        return f"at most {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


_MONTHS = "January February March April May June July August September October November December".split()


def month(value: date) -> str:
    """ "May", the same in every locale."""
    return _MONTHS[value.month - 1]


def counted(n: int, what: str) -> str:
    """ "1 voice", "2 voices"."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def day(value: date) -> str:
    """ "3 May 2016", the same in every locale."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def days(earliest: date | None, latest: date | None) -> str:
    """ "3 May 2016", "1–3 May 2016", "30 April – 3 May 2016", "not before …", "not after …", "unknown"."""
    if earliest is None and latest is None:
        return "unknown"
    if latest is None and earliest is not None:
        return f"not before {day(earliest)}"
    if earliest is None and latest is not None:
        return f"not after {day(latest)}"
    assert earliest and latest
    if earliest == latest:
        return day(earliest)
    if earliest.year != latest.year:
        return f"{day(earliest)} – {day(latest)}"
    if earliest.month != latest.month:
        return f"{earliest.day} {_MONTHS[earliest.month - 1]} – {day(latest)}"
    return f"{earliest.day}–{day(latest)}"


def plain(code: object) -> str:
    """A code as words: "killed_or_injured" → "killed or injured", "ASSAULT" → "Assault"."""
    text = str(getattr(code, "value", code)).replace("_", " ")
    return text.capitalize() if text.isupper() else text


def measure(value: object) -> str:
    """What a measure counts: "killed", "killed or injured", "other figures"."""
    return str(words("measure").get(str(value), plain(value)))


def figure(value: Figure) -> str:
    """ "killed: at least 12 civilians", "killed: 3 (a part: children)"."""
    parts = [f"{measure(value.measure)}: {number_range(value.min, value.max)}"]
    if value.whom:
        parts.append(f" {value.whom}")
    if value.of:
        parts.append(f" (a part: {value.of})")
    return "".join(parts)


def precision(place: Place) -> tuple[str, int]:
    """What a place's precision means, and the radius in km it is drawn with (0: a point)."""
    if place.where_prec is not None:
        known = words("where_prec").get(place.where_prec)
    else:
        known = words("geo_precision").get(place.geo_precision)
    known = known or words("unknown_precision")
    return str(known["text"]), int(known["km"])


def web_address(url: str | None) -> str | None:
    """The address if it is one a browser may safely follow (http or https), else None: it is shown as text."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
