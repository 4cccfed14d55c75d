"""How well goal sentences are read: right, missed, wrong and invented fields, by kind of sentence.

`python benchmarks/goal_sentences.py [FILE]`, by default the open set; the held ones are for a last run. A line that
says which question is to be asked (`ask`) is read right only if it is.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from kpi_core.goal_sentence import parse  # noqa: E402 -- the project is no installed package

TODAY = date(2026, 11, 21)
FIELDS = ("type", "multi", "metric", "direction", "baseline", "target", "target_kind", "unit", "deadline", "cadence")
STATES = ("right", "missed", "wrong", "invented")
LIGHT = frozenset("the a an of our on in to for per number average avg total".split())  # noqa: SIM905 -- a list of words
SAME_NAME = 0.6
"""The share of words in common from which two names of a metric are taken for the same."""
DAYS_OFF = timedelta(days=2)

Line = dict[str, object]


def words(text: object) -> set[str]:
    """Give the words of a metric's name, in the singular."""
    return {word.rstrip("s") for word in re.findall(r"[a-z0-9]+", str(text).lower())} - LIGHT


def same(field: str, said: object, read: object) -> bool:
    """Tell whether a field was read as labelled."""
    if said is None or read is None:
        return said is read
    if field == "metric":
        common, both = words(said) & words(read), len(words(said)) + len(words(read))
        return both > 0 and 2 * len(common) / both >= SAME_NAME
    if field == "unit":
        return str(read).startswith(str(said)) or {said, str(read)[: len("currency")]} == {"currency:KR", "currency"}
    if field == "deadline":
        return abs(date.fromisoformat(str(said)) - date.fromisoformat(str(read))) <= DAYS_OFF
    return json.dumps(said) == json.dumps(read) or (isinstance(said, float) and abs(said - float(str(read))) < 1e-2)  # noqa: PLR2004


def state(field: str, line: Line, read: object) -> str:
    """Tell what became of a field; a reading that the label allows too is right."""
    alt = line["alt"]
    fair = [line[field], *(alt.get(field, []) if isinstance(alt, dict) else [])]
    if field == "deadline":
        fair = [each["date"] if isinstance(each, dict) else each for each in fair]
        read = read["date"] if isinstance(read, dict) else None
    if field == "unit" and line["target"] is None:
        fair.append(None)
    if any(same(field, each, read) for each in fair):
        return "right"
    return "missed" if read is None else "invented" if fair[0] is None else "wrong"


def asked(line: Line, found: Line) -> bool:
    """Tell whether the questions that a line is labelled with are asked."""
    wanted, questions = line.get("ask", []), found["questions"]
    assert isinstance(wanted, list)
    assert isinstance(questions, list)
    return set(wanted) <= {each["id"] for each in questions}


def main(path: Path) -> None:
    """Print the table."""
    lines: list[Line] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    table: dict[tuple[str, str], Counter[str]] = {}
    whole: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for line in lines:
        kind = f"{line['type']}, {line['style']}"
        found = parse(str(line["text"]), TODAY)
        states = {field: state(field, line, found[field]) for field in FIELDS}
        for field, each in states.items():
            table.setdefault((kind, field), Counter())[each] += 1
        filled.update(each for field, each in states.items() if found[field] is not None)
        questions["asked" if asked(line, found) else "not asked"] += "ask" in line
        whole[kind] += all(each == "right" for each in states.values()) and asked(line, found)
    print(f"{'':22}{'':13}" + "".join(f"{each:>10}" for each in STATES))
    for (kind, field), counts in sorted(table.items()):
        print(f"{kind:22}{field:13}" + "".join(f"{counts[each] or '.':>10}" for each in STATES))
    of = Counter(f"{line['type']}, {line['style']}" for line in lines)
    for kind, number in sorted(of.items()):
        print(f"{kind:22}all fields right: {whole[kind]} of {number}")
    print(f"all fields right: {whole.total()} of {len(lines)} ({whole.total() / len(lines):.1%})")
    print(f"right of what is filled in: {filled['right']} of {filled.total()} ({filled['right'] / filled.total():.1%})")
    print(f"questions asked that are to be asked: {questions['asked']} of {questions.total()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "goal_sentences" / "own_open.jsonl")
