"""Runs the engine in Node: hundreds of queries with many weights in a second."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from scripts.publish.search.write import engine_of  # noqa: E402

MOST = 10  # in RUN, too
RUN = """
const MOST = 10;
const input = JSON.parse(require("fs").readFileSync(process.argv[1]));
(0, eval)(input.engine);
const rank = (engine, [query, good]) => {
  const all = new Set(good);
  const is = (h) => all.has("/" + h.address + (h.id ? "#" + h.id : "")) || all.has("/" + h.address + "*");
  return engine.search(query, MOST).hits.map((h) => is(h) ? h.kind : null);
};
const held = {...searchModule.WEIGHTS};
let engine; // it keeps what it has understood of the words
require("readline").createInterface({input: process.stdin}).on("line", (line) => {
  const { weights, index, first } = JSON.parse(line);
  Object.assign(held, searchModule.WEIGHTS, weights);
  if (index) input.index = index;
  if (index || !engine) engine = searchModule.searchEngine(input.index, undefined, held);
  const all = input.queries.map((q) => first ? engine.search(q[0], first) : rank(engine, q));
  console.log(JSON.stringify(all));
});
"""


class Engine:
    """The engine with one index and one set of queries, waiting for weights."""

    def __init__(self, index: Mapping[str, str], queries: Sequence[tuple[str, list[str]]]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name, "input.json")
        engine = engine_of(ROOT / "overrides/assets")
        file.write_text(json.dumps({"engine": engine, "index": index, "queries": queries}), "utf-8")
        node = Path(sys.executable).with_name("node")
        self._process = subprocess.Popen(
            [node, "-e", RUN, file],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def _ask(self, **question: Any) -> list[Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer: list[Any] = json.loads(self._process.stdout.readline())
        return answer

    def kinds(
        self, weights: Mapping[str, float], index: Mapping[str, str] | None = None
    ) -> list[list[int | None]]:
        """Return for each query its first hits: the kind (0 is KINDS[0]) of a right one, or None."""
        return self._ask(weights=weights, index=index)

    def hits(
        self, most: int = MOST, weights: Mapping[str, float] | None = None
    ) -> list[dict[str, Any]]:
        """Return what each query finds."""
        return self._ask(first=most, weights=weights)

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()
        self._folder.cleanup()
