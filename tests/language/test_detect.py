"""Which language a report is in: what is surely foreign is said to be; what is doubtful is read."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.config import Config
from dateline.errors import IssueCode
from dateline.language import detect
from dateline.language.detect import identified, language_name, language_of, reader_code
from dateline.pipeline import Resources, load_resources, process_one
from dateline.records import Report, ReportResult

FOREIGN: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "foreign.yaml").read_text(encoding="utf-8"))
PARAGRAPHS = [(code, text) for code, texts in FOREIGN.items() for text in texts]
REPORT = (
    "Shells hit the eastern districts of the town on Sunday, killing four people and wounding eleven, the mayor said. "
    "He told reporters that the fire had come from across the river, where the army keeps its guns. A spokesman for "
    "the general staff denied this and said that rebels were to blame. Neither account could be checked."
)
NAMES = {
    "Arabic": (
        "Ahmad Khalid Mustafa Yasin Hussein Omar Fatima Samir",
        "al-Hassan Hamoud Darwish Sabbagh al-Masri Qasim",
    ),
    "Ukrainian": ("Volodymyr Oleksandr Serhiy Mykola Iryna Olena", "Kovalenko Bondarenko Melnyk Tkachenko Lysenko"),
    "Somali": ("Abdi Mohamed Sheikh Farah Aden Nur", "Warsame Jama Abdullahi Sharif Hersi Roble"),
    "Filipino": ("Rodrigo Benigno Nur Hashim Murad", "Misuari Salamat Reyes Bautista Marawi Basilan"),
    "Nigerian": ("Chukwuemeka Oluwaseun Musa Sani Ngozi", "Okafor Adeyemi Bello Danjuma Balogun"),
    "Spanish": ("Juan Jose Maria Miguel Pedro Rosa", "Garcia Martinez Hernandez Perez Flores"),
    "Turkish": ("Mehmet Ahmet Ayse Fatma Huseyin", "Yilmaz Kaya Demir Celik Ozturk"),
}


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Config())


def unmarked(text: str) -> str:
    return re.sub(r"[^\w\s]", "", text)


def test_there_are_sixty_paragraphs_in_fifteen_languages() -> None:
    assert len(PARAGRAPHS) >= 60
    assert len([c for c, texts in FOREIGN.items() if len(texts) >= 4]) >= 15


@pytest.mark.parametrize("code", FOREIGN)
def test_a_foreign_paragraph_is_known_for_what_it_is(code: str) -> None:
    for text in FOREIGN[code]:
        assert {language_of(t, "en") for t in (text, text.upper(), unmarked(text))} == {code}, text


@pytest.mark.parametrize("code", FOREIGN)
def test_a_long_foreign_text_with_english_words_is_foreign(code: str) -> None:
    text = " ".join(FOREIGN[code] * 6) + " Harbour Wire News Agency. Read more."
    assert language_of(text, "en") == code


@pytest.mark.parametrize("text", [REPORT, REPORT.upper(), unmarked(REPORT), REPORT.lower(), REPORT * 40])
def test_an_english_report_is_english_however_it_is_printed(text: str) -> None:
    assert language_of(text, "en") == "en"
    assert language_of(text, "en", "ar") == "en", "the text decides, not what its page says"


@pytest.mark.parametrize(("code", "text"), PARAGRAPHS)
def test_an_english_report_may_quote(code: str, text: str) -> None:
    quoting = f"{REPORT} “{text}”, the statement read."
    assert language_of(quoting, "en") == "en"
    assert language_of(quoting, "en", code) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Deir ez-Zor, Raqqa, Manbij, Ain Issa",
        "Mogadishu: Baidoa, Kismayo, Afgooye, Jowhar, Beledweyne",
        "KABUL",
        "Boko Haram Borno Maiduguri Gwoza Bama Chibok Damboa Konduga",
        "Al Shabaab kill 12 in Kismayo",
        "ELN dinamita oleoducto",
        "قصف",
        "12 34 56",
    ],
)
def test_what_is_short_or_all_names_is_read(text: str) -> None:
    assert language_of(text, "en") == "en"


@pytest.mark.parametrize("origin", NAMES)
def test_lists_of_the_dead_are_read(origin: str) -> None:
    first, last = (part.split() for part in NAMES[origin])
    draw = random.Random(7)
    for count in (4, 12, 40):
        listed = [f"{draw.choice(first)} {draw.choice(last)}" for _ in range(count)]
        assert language_of(", ".join(listed), "en") == "en"
        assert language_of("\n".join(f"{n}. {name}, {n + 20}" for n, name in enumerate(listed)), "en") == "en"


def test_what_the_input_states_tips_the_scales() -> None:
    text = "الجيش يقصف مواقع للمعارضة"
    assert (language_of(text, "en"), language_of(text, "en", "ar")) == ("en", "ar")
    assert language_of(FOREIGN["bs"][0], "en", "hr") == "hr", "of languages so alike the stated one is taken"
    assert language_of(FOREIGN["ru"][0], "en", "fr") == "ru"


def test_a_report_says_where_its_language_was_found() -> None:
    page = Report(text=FOREIGN["ar"][0], language="en", found=(("language", "html lang"), ("title", "h1")))
    read = identified(page, "en")
    assert (read.id, read.language) == (page.id, "ar")
    assert read.found == (("title", "h1"), ("language", "text"))
    assert identified(read, "en") == read
    agreed = Report(text="الجيش يقصف مواقع للمعارضة", language="ar", found=(("language", "html lang"),))
    assert identified(agreed, "en") is agreed
    assert identified(Report(text=REPORT, language="de", found=(("language", "html lang"),)), "en").language == "en"


@given(st.text(max_size=200), st.sampled_from([None, "ar", "en", "xx"]))
def test_any_text_has_a_language(text: str, stated: str | None) -> None:
    code = language_of(text, "en", stated)
    assert language_name(code) != code
    assert language_of(text, "en", stated) == code


def test_readers_and_names() -> None:
    assert (reader_code("en.v1"), reader_code("ar.v2"), reader_code("shouting.v1")) == ("en", "ar", None)
    assert (language_name("ar"), language_name("xx")) == ("Arabic", "xx")
    assert language_of(REPORT, "ar") == "en"
    assert language_of(FOREIGN["ar"][0], "ar") == "ar"


@pytest.mark.parametrize(("code", "text"), [(c, texts[0]) for c, texts in FOREIGN.items()])
def test_a_foreign_report_is_kept_with_an_issue_and_no_statements(resources: Resources, code: str, text: str) -> None:
    report = Report(text=text, external_id="wire-7")
    result = process_one(report, resources)
    (issue,) = result.issues
    assert (result.report.text, result.report.id, result.report.language) == (text, report.id, code)
    assert (result.statements, issue.code, issue.report_id) == ((), IssueCode.FOREIGN_LANGUAGE, report.id)
    assert f"wire-7: the text reads as {language_name(code)} ({code}); no reader for it" in issue.message


MARKS = ("", " ", " \n\t\u00a0\u200b\ufeff ", "🔥🔥🔥 💥", "…!?—", "\x00\x01\x02\x7f", "\ufffd" * 300, "\ud800" * 50)


@pytest.mark.parametrize("text", MARKS)
def test_a_text_without_words_gives_nothing_and_no_issue(resources: Resources, text: str) -> None:
    report = Report(text=text)
    assert process_one(report, resources) == ReportResult(report=report)


@pytest.mark.parametrize("encoding", ["latin-1", "cp437", "utf-16-le"])
def test_bytes_read_as_text_do_no_harm(resources: Resources, encoding: str) -> None:
    data = random.Random(1).randbytes(6_000)
    report = Report(text=data.decode(encoding, "replace"))
    result = process_one(report, resources)
    assert (result.statements, {i.code for i in result.issues} - {IssueCode.FOREIGN_LANGUAGE}) == ((), set())


def test_a_paragraph_without_full_stops_is_read(resources: Resources) -> None:
    """10,000 tokens, and one sentence of 3,000 words."""
    clause = "gunmen killed four soldiers near the bridge while the army shelled the town and "
    for text in (clause * (10_000 // 14), ("shells hit the market, " * 750) + "the mayor said."):
        started = time.process_time()
        result = process_one(Report(text=text), resources)
        assert result.issues == ()
        assert result.report.language == "en"
        assert all(text[x.start : x.end] == x.quote for s in result.statements for x in s.spans())
        assert time.process_time() - started < 30


def test_the_classifier_is_not_asked_where_the_frequent_words_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pieces of English among lists of names: whatever the lists look like, the report is read."""

    def unasked() -> None:
        raise AssertionError("the classifier was loaded")

    monkeypatch.setattr(detect, "_classifier", unasked)
    assert language_of(" ".join(NAMES["Turkish"]) * 6 + REPORT * 4, "en") == "en"


def test_telling_the_language_is_quick() -> None:
    """A report of 400 words takes some 0.04 ms in English, 1 ms in any other language; a book takes no longer."""
    for text, limit in ((REPORT * 5, 0.002), (REPORT * 4000, 0.01), (" ".join(FOREIGN["ru"]) * 400, 0.02)):
        language_of(text, "en")
        spent = []
        for _ in range(5):
            started = time.perf_counter()
            language_of(text, "en")
            spent.append(time.perf_counter() - started)
        assert min(spent) < limit
