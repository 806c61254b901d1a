"""Grades: what people judge of voices, statements and incidents. A machine proposes F6 and nothing better.

The Admiralty system grades twice, and independently: how reliable a source is (A to F) and how credible a piece of
information is (1 to 6). Here the source is a voice, the information a statement. An incident as a whole is graded like
an allegation of civilian harm at Airwars. Scales: `ontology/data/grades.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.errors import ConfigError, EvidenceError
from dateline.ontology.grades import Scheme, step_value, steps

UNJUDGED = {Scheme.RELIABILITY: "F", Scheme.CREDIBILITY: "6"}
"""The one step of each Admiralty scale that claims nothing: all a machine may propose."""
WITHDRAWN = "withdrawn"
"""A judgement with this value takes back the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One person's grade, as it was appended. `target` is a voice, a statement's id, or the id an incident had.

    `members` are the statements an incident held when it was graded, the earliest published first. A judgement by
    nobody (`person` empty) may say no more than F or 6. Raises EvidenceError otherwise, ConfigError for a step the
    scale has not.
    """

    scheme: Scheme
    target: str
    value: str
    person: str
    at: str
    reason: str | None = None
    members: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value != WITHDRAWN and self.value not in steps(self.scheme):
            known = ", ".join(f"{k} ({means})" for k, means in steps(self.scheme).items())
            raise ConfigError(f"no {self.scheme} grade {self.value!r}; grades are {known}, or {WITHDRAWN}")
        if not self.person.strip() and UNJUDGED.get(self.scheme) != self.value:
            raise EvidenceError(f"{self.value} is a person's judgement, and no person is named")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """An Admiralty grade as it stands: F6 until people say otherwise; `by` names those who did."""

    reliability: str = "F"
    credibility: str = "6"
    by: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"

    @property
    def value(self) -> int:
        """What the two are worth together, 0 to 200, each as `step_value` has it; F6 is in the middle."""
        return step_value(Scheme.RELIABILITY, self.reliability) + step_value(Scheme.CREDIBILITY, self.credibility)


UNGRADED = Grade()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGrade:
    """A person's grade of an incident. `joined` and `left` count the statements that came and went since."""

    value: str
    person: str
    at: str
    reason: str | None
    joined: int
    left: int


class Grades:
    """All judgements of a project, oldest first; the last on a target stands."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self.judgements = tuple(judgements)
        self._last: dict[tuple[Scheme, str], Judgement] = {
            (j.scheme, j.target): j for j in self.judgements if j.scheme is not Scheme.HARM
        }
        self._harm: dict[str, list[int]] = {}
        for n, j in enumerate(self.judgements):
            if j.scheme is Scheme.HARM:
                for statement in j.members:
                    self._harm.setdefault(statement, []).append(n)

    def last(self, scheme: Scheme, target: str) -> Judgement | None:
        """The standing judgement of a voice or statement, None if there is none or it was withdrawn."""
        held = self._last.get((scheme, target))
        return held if held and held.value != WITHDRAWN else None

    def voice(self, ids: Sequence[str]) -> Judgement | None:
        """The standing judgement of a voice under any of its ids."""
        held = [j for i in ids if (j := self._last.get((Scheme.RELIABILITY, i)))]
        latest = max(held, key=self.judgements.index, default=None)
        return latest if latest and latest.value != WITHDRAWN else None

    def grade(self, voice: Sequence[str], statement_id: str) -> Grade:
        """The Admiralty grade of what a voice, under any of its ids, says in a statement."""
        source, said = self.voice(voice), self.last(Scheme.CREDIBILITY, statement_id)
        return Grade(
            reliability=source.value if source else UNJUDGED[Scheme.RELIABILITY],
            credibility=said.value if said else UNJUDGED[Scheme.CREDIBILITY],
            by=tuple(dict.fromkeys(j.person for j in (source, said) if j)),
        )

    def incident(self, statements: Sequence[str]) -> IncidentGrade | None:
        """The grade of the incident that holds these statements.

        A judgement stays with the incident that holds more than half of the statements it was made on, whatever that
        is called now; so it survives new reports, splits and merges, and stands for one incident at most.
        """
        held = set(statements)
        for n in sorted({n for s in held for n in self._harm.get(s, ())}, reverse=True):
            j = self.judgements[n]
            kept = len(held & set(j.members))
            if 2 * kept <= len(j.members):
                continue
            if j.value == WITHDRAWN:
                return None
            joined, left = len(held) - kept, len(j.members) - kept
            return IncidentGrade(value=j.value, person=j.person, at=j.at, reason=j.reason, joined=joined, left=left)
        return None


NO_GRADES = Grades()
