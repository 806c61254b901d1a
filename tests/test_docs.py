"""The pages say what the code says: settings, issue codes, plugins, commands, links."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from dateline import errors
from dateline.cli.main import COMMANDS, cli
from dateline.config import COLUMNS, Config, from_dict
from dateline.errors import DatelineError, IssueCode
from dateline.incidents.policies import POLICIES
from dateline.ingest.fields import FIELDS, aliases, plain_name
from dateline.labels import Certainty
from dateline.registry import KINDS, plugins
from dateline.statements.rulebook import ALL_RULES

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.M)


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A page without its code blocks."""
    return re.sub(r"(?ms)^```.*?^```", "", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    plain = (re.sub(r"[^\w\- ]", "", h.lower()) for h in HEADING.findall(prose(path)))
    return {h.replace(" ", "-") for h in plain}


def commands(group: click.Group, prefix: str = "dateline") -> Iterator[str]:
    """Every command that is there, with its subcommands: "dateline db check"."""
    context = click.Context(group)
    for name in group.list_commands(context):
        if group is cli and find_spec(COMMANDS[name][0]) is None:
            continue
        found = group.get_command(context, name)
        yield f"{prefix} {name}"
        if isinstance(found, click.Group):
            yield from commands(found, f"{prefix} {name}")


def test_the_listed_settings_are_the_defaults() -> None:
    block = re.search(r"(?s)```toml\n(.*?)```", page("configuration"))
    assert block is not None
    listed = tomllib.loads(block[1])
    assert from_dict(listed) == Config()
    held = {s.name: {f.name for f in fields(getattr(Config(), s.name))} for s in fields(Config)}
    assert {section: set(keys) for section, keys in listed.items()} == held


@pytest.mark.parametrize("section", [f.name for f in fields(Config)])
def test_every_setting_has_a_row_in_its_section(section: str) -> None:
    text = page("configuration").split(f"\n## [{section}]", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| `([^`]*)` \|", text, re.M)
    held = getattr(Config(), section)
    assert [key for key, _ in rows] == [f.name for f in fields(held)]
    for key, default in rows:
        assert from_dict({section: tomllib.loads(f"{key} = {default}")}) == Config(), key


def test_fields_and_policies_are_named() -> None:
    text = page("configuration")
    assert [c for c in COLUMNS if f"`{c}`" not in text] == []
    assert [p for p in POLICIES if f"| `{p}` |" not in text] == []


@pytest.mark.parametrize("code", list(IssueCode))
def test_every_issue_has_an_entry(code: IssueCode) -> None:
    text = page("issues")
    assert f"| [{code}](#{code.lower()}) | {code.name} |" in text
    entry = text.split(f"\n### {code}\n", 1)[1].split("\n#", 1)[0]
    assert "*What to" in " ".join(entry.split()).replace("*What to do:*", "*What to") and len(entry) > 80


def test_no_entry_for_an_issue_that_is_not_there() -> None:
    assert set(re.findall(r"^### (DL-\S+)", page("issues"), re.M)) == {str(c) for c in IssueCode}


def test_every_exit_status_is_listed() -> None:
    classes = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, DatelineError)]
    for status in {0, 130, *(e.exit_code for e in classes)}:
        assert f"\n| {status} | " in page("exit-status")


@pytest.mark.parametrize("kind", KINDS)
def test_every_plugin_is_named(kind: str) -> None:
    text = page("configuration") + page("formats")
    own = [p.name for p in plugins(kind).values() if p.origin.startswith("dateline ")]
    assert own
    assert [name for name in own if f"`{name}`" not in text] == []


def test_every_rule_has_its_row_in_order() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \|$", page("rules"), re.M)
    assert rows == [(r.id, r.reason, r.source) for r in ALL_RULES]


def test_every_command_is_named() -> None:
    text = page("commands")
    assert [c for c in commands(cli) if f"`{c}" not in text] == []


def test_column_names_are_those_that_are_tried() -> None:
    rows = dict(re.findall(r"^\| (\w+) \| (`.*`) \|$", page("formats").split("## Column names")[1], re.M))
    listed = {field: tuple(plain_name(n) for n in re.findall(r"`(\w+)`", names)) for field, names in rows.items()}
    assert listed == {field: aliases()[field] for field in FIELDS}


def test_every_certainty_is_explained() -> None:
    assert [c for c in Certainty if f"\n| *{c}* |" not in page("glossary")] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), f"{path.name} links to {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{path.name} links to {target}"
