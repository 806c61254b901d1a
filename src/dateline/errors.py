"""Errors and issue codes.

DatelineError
├── ConfigError      bad setting: stops before any work (exit 2)
├── PluginError      a plugin is missing, doubled or breaks its contract (exit 2)
├── InputError       one input cannot be read: becomes an Issue, the run goes on
├── EvidenceError    a value whose quote does not stand in its report
├── StoreError       the project directory or database cannot be used (exit 3)
└── NotFound         no such report, statement or incident (exit 4)

An error stops something; an `Issue` (records.py) is what remains of one that did not. Codes are stable
and listed in docs/issues.md; a test keeps the two in step.
"""

from __future__ import annotations

from enum import StrEnum


class IssueCode(StrEnum):
    """What can go wrong with one input or one report. The value is the public code."""

    MISSING_FILE = "DL-IN-001"
    UNREADABLE = "DL-IN-002"
    EMPTY = "DL-IN-003"
    UNKNOWN_FORMAT = "DL-IN-004"
    BAD_ENCODING = "DL-IN-005"
    TRUNCATED = "DL-IN-006"
    BAD_RECORD = "DL-IN-007"
    NO_TEXT = "DL-IN-008"
    TOO_LARGE = "DL-IN-009"
    BAD_DATE = "DL-IN-010"
    MALFORMED = "DL-IN-011"
    TIMEOUT = "DL-IN-012"
    DUPLICATE_ID = "DL-IN-013"
    BAD_HASH = "DL-IN-014"
    STAGE_FAILED = "DL-RUN-001"
    FOREIGN_LANGUAGE = "DL-RUN-002"
    NOT_RELEVANT = "DL-RUN-003"
    UNREAD_DAY = "DL-RUN-004"
    BAD_REGISTER_ROW = "DL-REG-001"
    BAD_GAZETTEER_ROW = "DL-GAZ-001"
    LOSSY_EXPORT = "DL-EX-001"


NOTES = frozenset({IssueCode.NOT_RELEVANT, IssueCode.UNREAD_DAY})
"""Codes that tell what a setting asked for, or what a text itself leaves open. They are kept and listed like the
others, and nothing went wrong."""


class DatelineError(Exception):
    """Base of every error Dateline raises on purpose. `exit_code` is what the command line returns."""

    exit_code = 1


class ConfigError(DatelineError):
    """One or more settings are wrong; `problems` holds a sentence for each."""

    exit_code = 2

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else problems
        super().__init__("\n".join(self.problems))


class PluginError(DatelineError):
    """A named implementation is missing, registered twice, or fails its contract."""

    exit_code = 2


class ModelError(DatelineError):
    """Weights are missing, damaged, foreign, or cannot be run here."""

    exit_code = 2


class InputError(DatelineError):
    """One input cannot be used. `code` says why; the message names the file."""

    def __init__(self, code: IssueCode, message: str) -> None:
        self.code = code
        super().__init__(message)


class EvidenceError(DatelineError):
    """A quote does not stand where its offsets say, or a value shows no evidence."""


class StoreError(DatelineError):
    """The project directory or its database cannot be opened, written or understood."""

    exit_code = 3


class NotFound(DatelineError):
    """Nothing in the project has that id."""

    exit_code = 4
