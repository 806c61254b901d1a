"""The places of a sentence where something is attributed: cue, source, and where the content may stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.public._attribution.clauses import Clauses, Span
from benchmarks.public._attribution.following import (
    clausal,
    doer,
    empty,
    half,
    may_turn,
    quote_before,
    quote_near,
    recipient,
    stands_behind,
    takes,
    verbless,
)
from benchmarks.public._attribution.parts import Frame, Verb
from benchmarks.public._attribution.subjects import fresh, leads, limit, main, opening, subject
from benchmarks.public._attribution.verbs import verb_at
from dateline.language.base import MentionKind, Sentence


def frames_of(c: Clauses, s: Sentence) -> list[Frame]:
    """All frames of a sentence, by their cue."""
    found: list[Frame] = [*_colon(c, s), *_signed(c, s)]
    i = s.first
    while i < s.last:
        if c.quoted(i):
            i += 1
            continue
        made = _at(c, s, i, found)
        if made is None or any(f.cue[0] < made.cue[1] and made.cue[0] < f.cue[1] for f in found):
            i += 1
            continue
        found.append(made)
        i = max(i + 1, made.cue[1])
    return sorted(found, key=lambda f: f.cue)


def _at(c: Clauses, s: Sentence, i: int, found: list[Frame]) -> Frame | None:
    if (phrase := c.words.phrases.at(c.tokens, i, s.last)) is not None:
        return _according(c, s, i, phrase[0]) if phrase[1] == "according" else _hedge(c, s, i)
    for stop, readings in c.words.verbs.all_at(c.tokens, i, s.last):
        for lemma, tag in readings:
            found_verb = verb_at(c, s, (i, stop), lemma, tag)
            if found_verb and (made := _of_verb(c, s, found_verb, found)):
                return made
    if c.low(i) in c.words.nouns and (made := _noun(c, s, i)):
        return made
    return _adjective(c, s, i, found) if c.isin(i, "adjectives") else None


def _of_verb(c: Clauses, s: Sentence, v: Verb, found: list[Frame]) -> Frame | None:
    if v.voice in ("passive", "reduced"):
        return _passive(c, s, v)
    source, joined = subject(c, s, v, found)
    if v.lemma in c.words.sets["seeming"]:
        return _seeming(c, s, v, source)
    behind_verb = False
    if source is None and joined != "participle" and may_turn(c, s, v):
        source = c.phrase_right(v.stop, s.last)
        behind_verb = source is not None
    stop = source[1] if behind_verb and source else v.stop
    ahead = recipient(c, s, v, stop)
    as_said = source is not None and source[0] > s.first and c.low(source[0] - 1) == "as" and source[0] - 1 == s.first
    if as_said and ahead < s.last and c.text(ahead) == ",":
        return _frame(c, s, v, (source, "", ahead + 1))
    trails = v.lemma in c.words.sets["trailing"] and stands_behind(c, s, v, source, behind_verb)
    if trails:
        resumes = ahead < s.last and (quote_near(c, s, ahead) or half(c, s, source, v))
        if not resumes and not quote_before(c, s, source, v, behind_verb):
            over = all(not c.text(i)[0].isalnum() for i in range(ahead, s.last))
            led = leads(c, s) or (source is not None and verbless(c, s.first, source[0]))
            trails = over or (empty(c, s, ahead) and not led)
    if not trails and not takes(c, s, v, ahead, source):
        return None
    if source is None and v.voice == "active" and not trails:
        return None
    opens = source[0] if source and not behind_verb and source[1] <= v.group and joined == "clause" else v.group
    if joined == "clause" and not c.isin(opens, "relatives"):
        began = opens
        opens = opening(c, s, opens)
        joined = "clause" if fresh(c, s, opens, began) else ""
    elif joined == "and":
        opens = opening(c, s, opens)
    else:
        joined = joined if joined == "participle" else ""
    cue = (v.group, v.stop)
    if c.text(min(v.stop, s.last - 1)) == ":" and not behind_verb:
        cue = (v.group, v.stop + 1)
    return Frame(
        kind="verb",
        cue=cue,
        source=source,
        opens=opens,
        ahead=ahead,
        behind=trails,
        resumes=trails and resumes,
        clausal=clausal(c, s, v, ahead),
        joined=joined,
        tense=v.tag,
        limit=limit(c, s, source, v),
        speech=v.lemma in c.words.sets["trailing"] and v.voice == "active",
    )


def _frame(c: Clauses, s: Sentence, v: Verb, held: tuple[Span | None, str, int]) -> Frame:
    """A plain frame with its content ahead."""
    source, joined, ahead = held
    return Frame("verb", (v.group, v.stop), source, v.group, ahead, joined=joined, tense=v.tag, speech=True)


def _passive(c: Clauses, s: Sentence, v: Verb) -> Frame | None:
    """ "is believed to", "was seen by X as": who does it stands behind "by"; the subject is content."""
    if v.stop >= s.last:
        return None
    low = c.low(v.stop)
    takes = c.words.takes.get(v.lemma, frozenset())
    told = v.lemma in ("tell", "ask", "inform", "remind", "warn", "assure", "press", "question")
    if low == "by" and takes & {"free", "clause"}:
        source = doer(c, s, v.stop + 1)
        ahead = source[1] if source else v.stop
    elif low in ("to", "that", "as", "for") or (told and c.isin(v.stop, "complementizers", "adjective_marks")):
        if v.voice == "reduced":
            return None
        source, ahead = None, v.stop
        by = next((j for j in range(v.stop, min(v.stop + 20, s.last)) if c.low(j) == "by" and low == "as"), None)
        source = doer(c, s, by + 1) if by else None
    else:
        return None
    subject = c.phrase_left(s.first, v.group) if v.group > s.first and not told else None
    own: tuple[Span, ...] = ()
    if subject and not told and c.low(subject[0]) not in ("it", "there"):
        own = (subject,)
    return Frame("passive", (v.group, v.stop), source, v.group, ahead, clausal=low != "by", own=own)


def _seeming(c: Clauses, s: Sentence, v: Verb, source: Span | None) -> Frame | None:
    if v.voice not in ("active", "infinitive") or v.stop >= s.last or not c.text(v.stop)[0].isalnum():
        return None
    if c.isin(v.stop, "past_speaker", "prepositions") and c.low(v.stop) not in ("to", "like", "as", "about"):
        return None
    own = (source,) if source and c.low(source[0]) not in ("it", "there") else ()
    return Frame("passive", (v.group, v.stop), None, v.group, v.stop, own=own)


def _adjective(c: Clauses, s: Sentence, i: int, found: list[Frame]) -> Frame | None:
    """ "is confident that", "remained opposed to"."""
    k = i
    while k > s.first and c.adverb(k - 1):
        k -= 1
    if (
        k == s.first
        or not c.isin(k - 1, "linking")
        or i + 1 >= s.last
        or not c.isin(i + 1, "adjective_marks", "complementizers")
    ):
        return None
    verb = Verb(k - 1, k - 1, k, "be", "s", "active")
    j = k - 1
    while j > s.first and (c.adverb(j - 1) or c.isin(j - 1, "be", "have", "do", "modal")):
        j -= 1
    source, joined = subject(c, s, replace(verb, group=j), found)
    if source is None:
        return None
    opens = opening(c, s, source[0])
    joined = "clause" if joined == "clause" and fresh(c, s, opens, source[0]) else "and" if joined == "and" else ""
    keeps = c.low(i + 1) == "to" or c.isin(i + 1, "complementizers")
    stop = i + 1 if keeps else i + 2
    return Frame(
        "adjective",
        (j, stop),
        source,
        opens if joined == "clause" else opening(c, s, j),
        stop,
        clausal=keeps,
        joined=joined,
        limit=limit(c, s, source, verb),
    )


def _noun(c: Clauses, s: Sentence, i: int) -> Frame | None:
    """ "his claim that", "calls by X for", "support for"."""
    marks = c.words.nouns[c.low(i)]
    if i + 1 >= s.last:
        return None
    first, stop, source = _owner(c, s, i, marks)
    if stop >= s.last or c.low(stop) not in marks:
        return None
    keeps = c.low(stop) in ("that", "to")
    cue = (first, stop + 1) if not keeps and stop == i + 1 else (first, i + 1)
    ahead = stop if keeps else stop + 1
    return Frame("noun", cue, source, cue[0], ahead, clausal=False, limit=_noun_end(c, s, ahead))


def _owner(c: Clauses, s: Sentence, i: int, marks: frozenset[str]) -> tuple[int, int, Span | None]:
    """Where the cue of a noun begins, where its mark must stand, and whose it is: the owner before it, whom "by" names
    behind it, or who makes, has or raises it."""
    k = i
    while k > s.first and i - k < 4 and _describes(c, k - 1):
        k -= 1
    if k > s.first and c.isin(k - 1, "possessives"):
        return k, i + 1, (k - 1, k)
    if k > s.first and c.low(k - 1) == "'s":
        owner = c.phrase_left(s.first, k)
        return (k, i + 1, (owner[0], k)) if owner else (i, i + 1, None)
    if c.low(i + 1) in ("by", "from", "among"):
        held = c.phrase_after(i + 2, s.last)
        if held and (c.named(held[0]) or c.isin(held[0], "determiners")):
            cut = next((j for j in range(*held) if c.low(j) in marks), held[1])
            if cut > held[0]:
                return i, cut, (held[0], cut)
    j = i
    while j > s.first and i - j < 5 and not c.isin(j - 1, "light", "subordinators", "prepositions"):
        j -= 1
    if j > s.first and c.isin(j - 1, "light") and (source := main(c, s, j)):
        return j - 1, i + 1, source
    return i, i + 1, None


def _describes(c: Clauses, i: int) -> bool:
    """Whether a token may be an adjective between an owner and a noun."""
    closed = c.low(i) == "'s" or c.isin(i, "determiners", "possessives", "prepositions", "conjunctions")
    return not closed and not c.finite(i) and c.text(i).isalpha()


def _noun_end(c: Clauses, s: Sentence, ahead: int) -> int:
    return next((j for j in range(ahead, s.last) if c.text(j) in ",;" and not c.quoted(j)), s.last)


def _according(c: Clauses, s: Sentence, i: int, stop: int) -> Frame | None:
    """ "according to X": behind its content, or at the head of it."""
    head = all(not c.text(j)[0].isalnum() or c.isin(j, "conjunctions", "adverbs") for j in range(s.first, i))
    if head or c.low(i - 1) == "that":
        source = c.phrase_after(stop, s.last)
        if source is None:
            return None
        ahead = source[1] + 1 if source[1] < s.last and c.text(source[1]) == "," else source[1]
        return Frame("according", (i, stop), source, i, ahead)
    half = verbless(c, s.first, i)
    source = (None if half else c.phrase_right(stop, s.last)) or c.phrase_after(stop, s.last)
    if source is None:
        return None
    return Frame("according", (i, stop), source, i, source[1] if half else s.last, behind=True, resumes=half)


def _hedge(c: Clauses, s: Sentence, i: int) -> Frame | None:
    """ "reportedly" and its clause."""
    subject = c.phrase_left(s.first, i)
    own = (subject,) if subject else ()
    return Frame("hedge", (i, i + 1), None, subject[0] if subject else i, i + 1, own=own, clausal=False)


def _colon(c: Clauses, s: Sentence) -> Iterator[Frame]:
    """ "Monitor: twelve killed", "Twelve killed: monitor"."""
    colon = next(
        (i for i in range(s.first + 1, min(s.first + 14, s.last - 1)) if c.text(i) == ":" and not c.quoted(i)), None
    )
    if colon is not None:
        source = _head(c, s, colon)
        if source:
            yield Frame("colon", (colon, colon + 1), source, source[0], colon + 1)
        return
    for m in c.annotation.mentions_of(s, MentionKind.SAYING):
        if m.label not in ("colon", "transcript") or c.text(s.last - 1) == ".":
            continue
        who = [x for x in c.annotation.mentions_of(s, MentionKind.SOURCE) if x.norm.endswith(f"@{m.start}")]
        cue = next((i for i in range(s.first, s.last) if c.tokens[i].start == m.start), None)
        if who and cue is not None:
            first = next(i for i in range(s.first, s.last) if c.tokens[i].end > who[0].start)
            last = next((i for i in range(first, s.last) if c.tokens[i].start >= who[0].end), s.last)
            behind = first > cue
            yield Frame("colon", (cue, cue + 1), (first, last), min(first, cue), cue + 1, behind=behind)


def _signed(c: Clauses, s: Sentence) -> Iterator[Frame]:
    """A quotation with its speaker's name behind a dash: "“…” — Ana Ruiz"."""
    for i in range(max(s.first, 1), s.last - 1):
        if c.text(i) in "—–―" and c.region_at(i - 1) and not c.quoted(i) and s.last - i <= 7:
            if all(c.named(j) or not c.text(j)[0].isalnum() for j in range(i + 1, s.last)):
                last = c.trim_right(i + 1, s.last)
                if last > i + 1:
                    yield Frame("colon", (i, i + 1), (i + 1, last), i, s.last, behind=True)
            return


def _head(c: Clauses, s: Sentence, colon: int) -> Span | None:
    """A speaker at the head of a sentence before a colon: a name, or what is behind "from" before a quotation."""
    first = s.first
    for i in range(colon - 1, s.first - 1, -1):
        if c.text(i) in "-–—" or c.low(i) in ("from", "by"):
            first = i + 1
            break
    if first >= colon or any(c.finite(i) or c.past(i) or c.text(i) == "," or c.quoted(i) for i in range(first, colon)):
        return None
    quoted = c.quoted(colon + 1)
    names = all(c.named(i) or c.isin(i, "conjunctions", "determiners", "prepositions") for i in range(first, colon))
    few = colon - first <= (8 if quoted else 4)
    known = any(
        c.tokens[first].start <= m.start < c.tokens[colon].start
        for m in c.annotation.mentions_of(s, MentionKind.SOURCE)
    )
    return (
        (first, colon)
        if few and (names or (quoted and known)) and (quoted or known or c.person(first, colon))
        else None
    )
