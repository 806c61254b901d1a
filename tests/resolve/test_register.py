from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError, IssueCode
from dateline.language.en.actorwords import actor_words
from dateline.ontology import actor_kinds, sectors
from dateline.resolve.register import Actor, Register, load_register
from dateline.resolve.register.builtin import builtin, declared, states
from dateline.resolve.register.model import key
from dateline.resolve.register.rows import BadRow, membership

REGISTER = load_register()
ENGLISH = actor_words()


def test_actors_are_well_formed() -> None:
    for a in REGISTER:
        assert re.fullmatch(r"[a-z][a-z_]*:\S+", a.id), a.id
        assert a.kind in actor_kinds(), a.id
        assert a.sector in sectors(), a.id
        assert all(re.fullmatch(r"[A-Z]{3}", c) for c in a.countries), a.id
        assert a.part_of is None or a.part_of in REGISTER, a.id
        assert a.name.strip() == a.name
        assert a.start is None or a.end is None or a.start <= a.end, a.id


def test_every_country_is_a_state_of_the_register() -> None:
    known = {s.iso for s in states()}
    assert {c for a in REGISTER for c in a.countries} <= known
    assert {m.member for a in REGISTER for m in a.members} <= known


def test_coverage_of_the_world() -> None:
    kinds = [a.kind for a in REGISTER]
    listed = [a for a in REGISTER if a.id.startswith("group:")]
    assert sum(s.id.startswith("state:") for s in states()) >= 195
    assert len(listed) >= 350
    assert kinds.count("agency") >= 80
    assert kinds.count("outlet") >= 250
    assert kinds.count("monitor") >= 20


def test_a_name_of_two_actors_is_declared() -> None:
    known = {key(n) for n in declared()}
    shared = {n for n in REGISTER.aliases() if len(set(REGISTER.candidates(n))) > 1}
    assert shared <= known
    exact = {n for n in REGISTER.exact() if len(REGISTER.candidates(n)) > 1}
    assert {key(n) for n in exact} <= known


def test_declared_names_are_really_shared() -> None:
    for name, ids in declared().items():
        assert set(ids) == set(REGISTER.candidates(name)), name
        assert REGISTER.candidates(name) == ids


def test_actors_found_under_their_own_names() -> None:
    for a in REGISTER:
        if a.name in a.exact or a.name in a.context:
            continue
        assert a.id in REGISTER.candidates(a.name), a.id


def test_kinds_of_the_word_list_are_known() -> None:
    held = {*ENGLISH.generic.values(), *ENGLISH.roles.values(), *ENGLISH.state_kinds, *ENGLISH.people_kinds}
    assert held <= set(actor_kinds())
    assert all(kinds <= set(actor_kinds()) for kinds in ENGLISH.anaphors.values())
    assert all(isinstance(w, str) for p in (*ENGLISH.cuts, *ENGLISH.joins) for w in p)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Syria", "state:SYR"),
        ("syrian", "state:SYR"),
        ("the Kremlin", "head:RUS"),
        ("Pentagon", "mod:USA"),
        ("Downing Street", "pm:GBR"),
        ("Élysée Palace", "head:FRA"),
        ("Foggy Bottom", "mfa:USA"),
        ("Blue House", "head:KOR"),
        ("Turkish foreign minister", "mfa:TUR"),
        ("Ministry of Foreign Affairs of Peru", "mfa:PER"),
        ("Chadian army", "army:TCD"),
        ("DAESH", "group:islamic-state"),
        ("Da’esh", "group:islamic-state"),
        ("Hashd al-Shaabi", "group:pmf"),
        ("Ansar Allah", "group:houthis"),
        ("Jabhat Fateh al-Sham", "group:nusra-front"),
        ("Security Council", "igo:unsc"),
        ("SOHR", "monitor:sohr"),
        ("AFP", "agency:afp"),
        ("BBC News", "outlet:bbc"),
        ("YouTube", "platform:youtube"),
        ("Doctors Without Borders", "ngo:msf"),
    ],
)
def test_lookup(name: str, actor: str) -> None:
    assert REGISTER.candidates(name)[0] == actor


def test_names_in_their_own_case() -> None:
    assert REGISTER.candidates("US") == ("state:USA",)
    assert REGISTER.candidates("us") == ()
    assert REGISTER.candidates("IS") == ("group:islamic-state",)
    assert REGISTER.candidates("is") == ()
    assert REGISTER.aliases()["us"] == "state:USA"
    assert "fact" not in REGISTER.aliases()


def test_capitals_are_lent_apart() -> None:
    assert REGISTER.capitals()["moscow"] == "gov:RUS"
    assert "moscow" not in REGISTER.aliases()
    assert REGISTER.demonyms()["russian"] == "state:RUS"


def test_coalitions_have_members_with_dates() -> None:
    a = REGISTER.get("alliance:us-led-coalition")
    assert a and any(m.member == "FRA" and m.start == 2014 and m.end is None for m in a.members)
    assert membership("ESP 2003-2004").end == 2004
    assert membership("USA").start is None
    with pytest.raises(BadRow):
        membership("Spain since 2003")


@given(st.sampled_from(sorted(REGISTER.aliases())))
def test_every_lent_name_is_found_again(name: str) -> None:
    assert (
        REGISTER.candidates(name)
        or REGISTER.candidates(name.upper())
        or name in {k.casefold() for k in REGISTER.exact()}
    )


@given(st.text())
def test_key_is_stable(name: str) -> None:
    once = key(name)
    assert key(once) == once or once.startswith("the ")


def test_loading_is_quick_and_repeatable() -> None:
    start = time.process_time()
    again = load_register()
    assert time.process_time() - start < 1.0  # 0.2 s on an idle core; the limit allows for a busy machine
    assert again.digest == REGISTER.digest
    assert [a.id for a in again] == [a.id for a in REGISTER]


def test_builtin_has_no_file_order_surprise() -> None:
    assert list(builtin()) == [a.id for a in REGISTER]


def test_unknown_id_is_none() -> None:
    assert REGISTER.get("group:nobody") is None
    assert "group:nobody" not in REGISTER


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_user_yaml_adds_and_changes(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.yaml",
        "- {id: 'group:blue-lanterns', name: Blue Lanterns, kind: armed_group, country: [TCD], exact: [BLNT]}\n"
        "- {id: 'group:m23', name: Movement of 23 March, aliases: [the Twenty-Thirders]}\n",
    )
    r = load_register((path,))
    added = r.get("group:blue-lanterns")
    assert added and added.country == "TCD" and added.group == "Blue Lanterns" and added.sector == "REB"
    assert r.candidates("BLNT") == ("group:blue-lanterns",)
    assert r.candidates("blnt") == ()
    changed = r.get("group:m23")
    assert changed and changed.name == "Movement of 23 March" and changed.group == "M23"
    assert r.candidates("Twenty-Thirders") == ("group:m23",)
    assert r.candidates("March 23 Movement") == ("group:m23",)
    assert r.digest != REGISTER.digest
    assert r.issues == ()


def test_user_csv_wins_over_the_builtin(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.csv",
        "id,name,kind,country,aliases\ngroup:river-front,River Front,armed_group,COL,Frente del Rio; M23\n",
    )
    r = load_register((path,))
    assert r.candidates("frente del rio") == ("group:river-front",)
    assert r.candidates("M23") == ("group:river-front", "group:m23")


def test_bad_rows_are_kept_as_issues(tmp_path: Path) -> None:
    path = write(
        tmp_path / "own.yaml",
        "actors:\n"
        "- {id: 'group:good', name: Good Name, kind: armed_group}\n"
        "- {id: 'group:good', name: Twice, kind: armed_group}\n"
        "- {id: 'group:odd', name: Odd, kind: wizard}\n"
        "- {id: 'group:far', name: Far, kind: gang, country: [Chad]}\n"
        "- {id: 'group:new', name: New, kind: gang, colour: red}\n"
        "- {id: 'group:yes', name: Yes, kind: gang, aliases: [yes]}\n"
        "- {id: 'group:when', name: When, kind: gang, from: soon}\n"
        "- {id: 'group:who', name: Who, kind: gang, source: rumour}\n"
        "- {id: nothing, name: No Prefix, kind: gang}\n"
        "- {name: No Id, kind: gang}\n"
        "- just words\n"
        "- {id: 'group:sec', name: Sec, kind: gang, sector: FISH}\n"
        "- {id: 'group:back', name: Back, kind: gang, from: 2020, to: 2010}\n"
        "- {id: 'group:part', name: Part, kind: gang, part_of: 'group:far'}\n"
        "- {id: 'group:sub', name: Sub, kind: gang, part_of: 'group:part'}\n"
        "- {id: 'group:half', name: Half, kind: gang, part_of: 'group:good'}\n"
        "- id: 'group:two'\n"
        "  name: One\n"
        "  kind: gang\n"
        "  name: Two\n",
    )
    r = load_register((path,))
    assert "group:good" in r and "group:half" in r
    assert len(r.issues) == 15
    lines = [int(line) for i in r.issues for line in re.findall(r"own.yaml, line (\d+)", i.message)]
    assert lines == [3, *range(4, 16), 16, 18]
    assert {i.code for i in r.issues} == {IssueCode.BAD_REGISTER_ROW}
    told = "\n".join(i.message for i in r.issues)
    for part in (
        "own.yaml, line 3: id group:good stands twice in this file, first in line 2",
        "wizard",
        "Chad",
        "colour",
        "True",
        "soon",
        "rumour",
        "nothing",
        "FISH",
    ):
        assert part in told
    assert all(i.origin == str(path) for i in r.issues)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.yaml", "- {id: 'group:x', name: X, kind: wizard}\n", "wizard"),
        ("a.yaml", "- [unclosed\n", "not valid YAML"),
        ("a.yaml", "just words\n", "list of actors"),
        ("a.csv", "name,kind\nX,gang\n", "columns id and name"),
        ("a.csv", "id,name,kind\ngroup:x,X,wizard\n", "line 2"),
        ("a.csv", 'id,name,kind\ngroup:x,"X,gang\n', "line 2: is not CSV"),
        ("a.csv", "id,name,name\ngroup:x,X,Y\n", "line 1: name stands twice among the columns"),
        ("a.txt", "x", "must be a .csv"),
    ],
)
def test_unusable_files_stop_the_work(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(told)) as e:
        load_register((write(tmp_path / name, text),))
    assert name in str(e.value)


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"id,name,kind\ngroup:x,X,gang\ngroup:y,Y\xe9,gang\n")
    with pytest.raises(ConfigError, match=r"own\.csv, line 3: is not UTF-8"):
        load_register((path,))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.yaml"):
        load_register((tmp_path / "gone.yaml",))


def test_a_name_that_needs_its_surroundings() -> None:
    assert REGISTER.needs_context("ADF", "group:adf")
    assert not REGISTER.needs_context("Allied Democratic Forces", "group:adf")


def test_a_register_can_be_made_of_few_actors() -> None:
    r = Register({"group:x": Actor(id="group:x", name="The Xs", kind="gang")})
    assert r.candidates("xs") == ("group:x",)
    assert len(r) == 1
