#!/usr/bin/env python3
"""Fits the engine's weights on the tuning queries, and tells what they are worth on queries left out.

    .venv/bin/python tests/search/fit.py             fit, on folds and on all; print the table
    .venv/bin/python tests/search/fit.py --without   what each weight, register and rule is worth
    .venv/bin/python tests/search/fit.py --score     the weights the engine has

Coordinate ascent: one weight at a time is tried larger and smaller, and a change is kept if it gains,
and on four fifths of the queries doesn't lose. Five folds: the weights are fitted on four, and measured
on the fifth. The last fit, on all, is the table that overrides/assets/search-rank.js carries; its worth
is what the folds say.

What is gained by a query, a third each: a right section among the first three; the first right one,
less the further down it stands; and the same once more, less if it is of a kind that is to come after
another right one's (GRADES): what to do before what to read, what to read before what to practise. Half
of all that is gained is of the queries whose answer is something to do (`act`), half of the others: who
has minutes is to be led to what to do, but not at the cost of who asks what something is.

Needs a built site. Reads `tune` only.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from scripts.content.content import Content  # noqa: E402
from scripts.content.kinds import kind_of  # noqa: E402
from scripts.publish.search.pages import read_site  # noqa: E402
from scripts.publish.search.registers import KINDS, read_kinds  # noqa: E402
from scripts.publish.search.write import index_of  # noqa: E402
from tests.search.node import Engine  # noqa: E402

FOLDS = 5
AGREE = 4  # of FOLDS parts of the queries on which a change must not lose: else it is luck
LEAST = 0.25  # queries that it must gain
ROUNDS = (2, 1.4, 1.2)  # how much larger or smaller a weight is tried: less and less
GRADES = {
    **dict.fromkeys(("gör", "ring", "lista"), 1.0),
    **{
        "förklarar": 0.9,
        "ord": 0.8,
        "öppen": 0.6,
        "personen": 0.5,
        "lär": 0.4,
        "om": 0.4,
        "skriva": 0.2,
    },
}
# What readers are promised, whatever the queries say: no more than this beside what to do. And the
# mere beginning of a word (start) counts at most as much as a compound's first part (head).
BOUNDS = {
    "beside": 0.75,
    "förklarar": 1.0,
    "öppen": 1.0,
    "ord": 0.75,
    "personen": 0.6,
    "om": 0.5,
    "lär": 0.2,
}
Found = Sequence[Sequence[int | None]]


def rows() -> list[tuple[str, str, list[str]]]:
    """Return the tuning queries: class, query, the places where its reader is served."""
    lines = (ROOT / "tests/search/queries.tsv").read_text("utf-8").splitlines()[1:]
    split = [line.split("\t") for line in lines]
    return [(kind, query, good.split()) for kind, part, query, good in split if part == "tune"]


def weights() -> dict[str, float]:
    """Return the weights that the engine carries."""
    text = (ROOT / "overrides/assets/search-rank.js").read_text("utf-8")
    table = text.partition("const WEIGHTS = {")[2].partition("};")[0]
    return {name: float(value) for name, value in re.findall(r"(\w+): ([\d.]+)", table)}


class Queries:
    """Queries with what each weighs, and the best grade that any of its right answers has."""

    def __init__(self, rows: Sequence[tuple[str, str, list[str]]]) -> None:
        self.queries = [(query, good) for _, query, good in rows]
        self.acts = [n for n, (kind, *_) in enumerate(rows) if kind == "act"]
        self.others = [n for n, (kind, *_) in enumerate(rows) if kind != "act"]
        self.weight = [0.0] * len(rows)
        for half in (self.acts, self.others):
            for n in half:
                self.weight[n] = len(rows) / 2 / len(half)
        kinds = read_kinds(Content.read(ROOT / "docs").registers)

        def grade(place: str) -> float:
            place = place.removeprefix("/").removesuffix("*")
            return GRADES.get(kind_of(place, kinds), 0.9)

        self.best = [max(map(grade, good)) for _, good in self.queries]

    def gains(self, found: Found) -> list[float]:
        """Return what each query gains: the mean is at most 1."""
        gains = []
        for hits, best, weight in zip(found, self.best, self.weight, strict=True):
            grades = [0 if kind is None else GRADES[KINDS[kind]] for kind in hits]
            # practice is no answer where there is something to do
            right = [(n, grade) for n, grade in enumerate(grades) if grade and grade >= best / 2]
            three = any(n < 3 for n, _ in right)
            first = max((1 / (1 + n) for n, _ in right), default=0)
            act = max((min(1, grade / best) / (1 + n) for n, grade in right), default=0)
            gains.append(weight * (three + first + act) / 3)
        return gains

    def gain(self, found: Found) -> float:
        return sum(self.gains(found)) / len(self.weight)

    def told(self, found: Found) -> str:
        """Return the shares of both halves, and of the acts' first hits how many are acts."""
        first = sum(found[n][:1] in ([0], [1], [2]) for n in self.acts)
        acts = f"{shares(found, self.acts)}, act first {100 * first / len(self.acts):.1f}"
        return f"{shares(found, self.others)}; acts {acts}; gain {self.gain(found):.4f}"


def fit(
    engine: Engine, queries: Queries, at: Sequence[int], start: Mapping[str, float]
) -> dict[str, float]:
    """Return weights that gain the most on the queries ``at``, from ``start``."""
    now = dict(start)
    best = queries.gains(engine.kinds(now))
    parts = [at[part::FOLDS] for part in range(FOLDS)]
    for step in ROUNDS:
        for name in start:
            for change in (step, 1 / step):
                most = now["head"] if name == "start" else BOUNDS.get(name, 99)
                value = min(round(now[name] * change, 2), most)
                gains = queries.gains(engine.kinds({**now, name: value}))
                more = [sum(gains[n] - best[n] for n in part) for part in parts]
                if sum(more) > LEAST and sum(one >= 0 for one in more) >= AGREE:
                    now[name], best = value, gains
    return now


def shares(found: Found, at: Sequence[int]) -> str:
    """Return how many are answered in the first three hits and in the first, in per cent."""
    right = [[kind is not None for kind in found[n]] for n in at]
    three = 100 * sum(any(hits[:3]) for hits in right) / len(at)
    first = 100 * sum(any(hits[:1]) for hits in right) / len(at)
    return f"{three:.1f} ({first:.1f})"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--without", action="store_true")
    parser.add_argument("--score", action="store_true")
    args = parser.parse_args(argv)
    index = index_of(read_site(ROOT / "site"), Content.read(ROOT / "docs").registers)
    queries = Queries(rows())
    everyone = range(len(queries.queries))
    now = weights()

    def fitted(fold: int) -> tuple[dict[str, float], list[int], list[list[int | None]]]:
        left_out = [n for n in everyone if n % FOLDS == fold]
        at = [n for n in everyone if n % FOLDS != fold]
        with Engine(index, queries.queries) as engine:
            found = fit(engine, queries, at, now)
            return found, left_out, engine.kinds(found)

    with Engine(index, queries.queries) as engine:
        found = engine.kinds(now)
        print(f"as it is: {queries.told(found)}")
        if args.without:
            for name in now:
                less = engine.kinds({**now, name: 1.0 if name in (*KINDS, "top", "steps") else 0.0})
                print(f"{name:10} {queries.gain(less) - queries.gain(found):+.4f}")
        if args.score or args.without:
            return 0
        with ThreadPoolExecutor(2) as pool:
            folds = list(pool.map(fitted, range(FOLDS)))
        joined: list[list[int | None]] = [[] for _ in everyone]
        for table, left_out, kinds in folds:
            print({name: value for name, value in table.items() if value != now[name]})
            for n in left_out:
                joined[n] = kinds[n]
        print(f"on the folds left out: {queries.told(joined)}")
        table = fit(engine, queries, everyone, now)
        found = engine.kinds(table)
        print(f"fitted on all: {queries.told(found)}")
        print("    " + ", ".join(f"{name}: {value:g}" for name, value in table.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
