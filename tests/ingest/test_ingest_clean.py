from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError, IssueCode
from dateline.ingest.clean import clean, compose, join_lines, looks_like_title, mend_surrogates, paragraphs_of
from dateline.ingest.dates import parse_date
from dateline.ingest.encoding import decode


@given(st.text())
def test_clean_is_idempotent_and_nfc(text: str) -> None:
    once = clean(text)
    assert clean(once) == once == unicodedata.normalize("NFC", once)
    assert not any(c in once for c in "\r\x00\u200b\ufeff\u00ad")


@given(st.text(st.characters(codec=None)))
def test_surrogates_keep_offsets(text: str) -> None:
    mended = mend_surrogates(text)
    assert len(mended) == len(text)
    mended.encode()


def test_no_break_space_stays() -> None:
    assert clean("10\u00a0000\u200b dead\r\nso far") == "10\u00a0000 dead\nso far"


def test_compose_puts_title_first_once() -> None:
    assert (
        compose("Raid in Dorne", ["Police came.", " ", "They left."]) == "Raid in Dorne\n\nPolice came.\n\nThey left."
    )
    assert compose("Raid in Dorne", ["RAID IN DORNE", "Police came."]) == "RAID IN DORNE\n\nPolice came."
    assert compose("Raid in Dorne!", ["Raid in Dorne", "Police came."]) == "Raid in Dorne!\n\nPolice came."
    assert compose("Raid in Dorne", ["Raid in Dorne: police came."]) == "Raid in Dorne: police came."
    assert compose("Raid in Dorne", ["Raid in Dorne market kills two."]).startswith("Raid in Dorne\n\nRaid")
    assert compose(None, ["One.", "Two."]) == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Three killed as depot burns", True),
        ("Shelling resumes: what we know", True),
        ("Three people were killed on Monday.", False),
        ("KYIV —", False),
        ("and then they left", False),
        ("- first point of several", False),
        ("Monday", False),
        ("x" * 300, False),
    ],
)
def test_looks_like_title(line: str, expected: bool) -> None:
    assert looks_like_title(line) is expected


def test_wrapped_lines_are_joined_and_others_kept_apart() -> None:
    wrapped = (
        "The governor said on Monday that a bridge over the river had\n"
        "been closed to all traffic after a blast which no group has\n"
        "so far claimed.\n\nA list:\nbread\nwater\n"
    )
    assert paragraphs_of(wrapped) == [
        "The governor said on Monday that a bridge over the river had been closed to all traffic after a blast "
        "which no group has so far claimed.",
        "A list:",
        "bread",
        "water",
    ]


def test_broken_words_are_mended_by_the_documents_own_words() -> None:
    assert join_lines(["the demon-", "strators left"], "the demon- strators left") == "the demonstrators left"
    words = "anti-aircraft guns; anti- aircraft fire"
    assert join_lines(["heavy anti-", "aircraft fire"], words) == "heavy anti-aircraft fire"
    assert join_lines(["in North-", "Kivu"], "") == "in North- Kivu"


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2015-11-17", date(2015, 11, 17)),
        ("2015-11-17T23:59:00-05:00", date(2015, 11, 17)),
        ("2015-11-17 10:00:00", date(2015, 11, 17)),
        ("20151117", date(2015, 11, 17)),
        ("20151117T120000Z", date(2015, 11, 17)),
        ("2015/11/17", date(2015, 11, 17)),
        ("Tue, 17 Nov 2015 23:30:00 -0500", date(2015, 11, 17)),
        ("17 November 2015", date(2015, 11, 17)),
        ("17th of November, 2015", date(2015, 11, 17)),
        ("Nov 17, 2015", date(2015, 11, 17)),
        ("November 17th 2015 at 5:30 PM", date(2015, 11, 17)),
        ("Sept. 3, 2015", date(2015, 9, 3)),
        ("17-Nov-2015", date(2015, 11, 17)),
        ("17.11.2015", date(2015, 11, 17)),
        ("11/17/2015", date(2015, 11, 17)),
        ("Published: 2015-11-17", date(2015, 11, 17)),
        ("1447718400", date(2015, 11, 17)),
        ("1447718400000", date(2015, 11, 17)),
    ],
)
def test_dates(raw: str, day: date) -> None:
    assert parse_date(raw, day_first=True) == day


def test_day_first_decides_only_where_both_readings_are_dates() -> None:
    assert parse_date("03/04/2015", day_first=True) == date(2015, 4, 3)
    assert parse_date("03/04/2015", day_first=False) == date(2015, 3, 4)
    assert parse_date("13/04/2015", day_first=False) == date(2015, 4, 13)


@pytest.mark.parametrize(
    "raw",
    [
        "2015-02-30",
        "0000-00-00",
        "0001-01-01",
        "31 June 2015",
        "45/45/2015",
        "yesterday",
        "November 2015",
        "17/11/15",
        "٣",
    ],
)
def test_what_is_no_date_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match=r".*(no full date|not a day|not between).*"):
        parse_date(raw, day_first=True)


@given(st.text(max_size=40), st.booleans())
def test_any_text_is_a_date_or_a_value_error(raw: str, day_first: bool) -> None:
    try:
        parse_date(raw, day_first=day_first)
    except ValueError as e:
        assert str(e)


@given(st.dates(date(1600, 1, 1), date(2199, 12, 31)))
def test_iso_dates_come_back(day: date) -> None:
    assert parse_date(day.isoformat(), day_first=True) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}", day_first=True) == day


SENTENCE = "Soldiers from Córdoba crossed the río near Peñón, a señor said; “nobody was hurt”. "


@pytest.mark.parametrize(
    ("data", "declared", "name"),
    [
        (SENTENCE.encode(), None, "utf-8"),
        (SENTENCE.encode(), "iso-8859-1", "utf-8"),
        (SENTENCE.encode("utf-8-sig"), None, "utf-8-sig"),
        (SENTENCE.encode("utf-16"), None, "utf-16"),
        (SENTENCE.encode("cp1252"), "iso-8859-1", "cp1252"),
        (SENTENCE.encode("cp1252"), "latin1", "cp1252"),
        (SENTENCE.encode("cp1252"), "no-such-charset", "cp1252 (guessed)"),
    ],
)
def test_decode(data: bytes, declared: str | None, name: str) -> None:
    text, used = decode(data, declared, "x")
    assert text == SENTENCE
    assert used == name or (name.endswith("(guessed)") and used.endswith("(guessed)"))


def test_a_few_broken_bytes_do_not_make_utf8_something_else() -> None:
    text, used = decode(SENTENCE.encode() * 5 + b"caf\xe9", "utf-8", "x")
    assert text.startswith(SENTENCE) and text.endswith("caf\ufffd") and "broken" in used


def test_undecodable_names_what_was_tried() -> None:
    with pytest.raises(InputError, match=r"x: .*tried utf-8") as e:
        decode(bytes(range(256)) * 8, None, "x")
    assert e.value.code is IssueCode.BAD_ENCODING
