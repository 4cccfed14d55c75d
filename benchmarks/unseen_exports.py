"""How exports that nobody has seen are read: made by a seed, the truth known by construction.

The command `values` is run on each, in this process. Outcomes:

    right              every month to the cent
    right, asked       a question that the file leaves open; with the true answer to it, every month to the cent
    needless question  the file decides, or the true answer does not help
    guessed            right by luck, where nothing in the file decides
    refused            no answer
    WRONG              another number without a question
    CRASHED            neither an answer nor a sentence

Beside it: how often the date and value columns are picked without being named, and whether the count of used rows is
the true one.

    python benchmarks/unseen_exports.py [--seeds 1-120] [--show SEED [--to FOLDER]]

Seeds 10001-10120 are held out: they are for a last run, of which only the counts are printed. Whoever looks at one of
these files has used them up and chooses another range.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.unseen import made
from benchmarks.unseen.judge import Judged, Outcome, judged

DEVELOPMENT = "1-120"
HELD_OUT = range(10_001, 10_121)
GOOD = (Outcome.RIGHT, Outcome.RIGHT_ASKED)


def seeds_of(text: str) -> list[int]:
    """Read `A-B`, or one seed."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def show(seed: int, folder: Path) -> None:
    """Write a file and its truth into a folder."""
    case = made(seed)
    found = judged(case)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / case.name).write_bytes(case.data)
    truth = {
        "args": case.args,
        "layout": case.layout,
        "locale": case.locale,
        "hazards": sorted(case.hazards),
        "want": {key: float(value) for key, value in sorted(case.truth.want.items())},
        "also": [{key: float(value) for key, value in sorted(each.items())} for each in case.truth.also],
        "used": case.truth.used,
        "ask_ok": sorted(case.truth.ask_ok),
        "must_ask": case.truth.must_ask,
        "answers": case.truth.answers,
        "columns": case.columns,
        "encoding": case.encoding,
        "delimiter": case.delimiter,
        "clean": case.clean[:6],
        "outcome": found.outcome,
        "said": found.said,
        "counted": found.counted,
    }
    (folder / f"export-{seed}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    print(folder / case.name)


def table(found: list[Judged], by: str) -> None:
    """Print outcomes by kind of file or by hazard."""
    groups: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for each in found:
        for name in [each.case.kind] if by == "kind" else sorted(each.case.hazards):
            groups[name][each.outcome] += 1
    print(f"\n{by:28}{'files':>6}" + "".join(f"{outcome:>19}" for outcome in Outcome))
    for name, counts in sorted(groups.items(), key=lambda item: (len(item[0]) > 3, item[0].rjust(28))):  # noqa: PLR2004
        cells = "".join(f"{counts[outcome] or '':>19}" for outcome in Outcome)
        print(f"{name:28}{counts.total():>6}{cells}")


def summary(found: list[Judged]) -> dict[str, object]:
    """Count the outcomes."""
    counts = Counter(each.outcome for each in found)
    picked = [not each.picked for each in found if each.picked is not None]
    counted = [each.counted for each in found if each.counted is not None]
    return {
        "files": len(found),
        "right": round(sum(counts[each] for each in GOOD) / len(found), 4),
        "wrong": counts[Outcome.WRONG],
        "crashed": counts[Outcome.CRASHED],
        "columns": f"{sum(picked)}/{len(picked)}",
        "row counts": f"{sum(counted)}/{len(counted)}",
        **{str(outcome): counts[outcome] for outcome in Outcome},
    }


def main() -> None:
    """Read the exports of the seeds and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default=DEVELOPMENT, type=seeds_of)
    parser.add_argument("--show", type=int)
    parser.add_argument("--to", type=Path, default=Path("unseen"))
    given = parser.parse_args()
    if given.show is not None:
        show(given.show, given.to)
        return
    found = [judged(made(seed)) for seed in given.seeds]
    if not set(given.seeds) & set(HELD_OUT):
        for each in found:
            if each.outcome not in GOOD:
                print(each.line())
        for each in found:
            if each.counted is False:
                print(f"{each.case.seed:>6} rows {each.said.get('rows')}, true are {each.case.truth.used}")
            if each.picked:
                print(f"{each.case.seed:>6} picked {' and '.join(each.picked)}, not {each.case.columns}")
        table(found, "kind")
        table(found, "hazard")
    print(json.dumps(summary(found)))


if __name__ == "__main__":
    main()
