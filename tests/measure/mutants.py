"""Would the tests notice? python3 tests/measure/mutants.py [--sample N] [--seed S] [PACKAGE …]

One change at a time in a copy of the tree: a comparison flipped, a condition negated, a constant changed,
a returned value dropped, a statement removed. The package's own fast tests run in full: what a build in
a fixture did wrong, a later test sees. Where one fails, or they hang, the change is killed. The same seed
gives the same sample. What survived is a hole in the tests, or a change without meaning. Needs site/.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from scripts.core.environment import enter

    enter("requirements-dev.txt")

from tests.conftest import ROOT

PACKAGES = ("core", "content", "render", "publish")
TESTS = {"core": ("tests/content",)}  # not the fast ones alone; its words are used there
LEFT = shutil.ignore_patterns(".git", ".venv", ".build", "__pycache__", "node_modules")
OTHER = {ast.Eq: ast.NotEq, ast.Lt: ast.GtE, ast.Gt: ast.LtE, ast.In: ast.NotIn, ast.Is: ast.IsNot}
OTHER |= {new: old for old, new in OTHER.items()} | {ast.And: ast.Or, ast.Or: ast.And}
PASSED = {"annotation", "returns", "decorator_list"}


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield each part of ``node`` to change, with the code to stand there instead."""
    match node:
        case ast.Compare(left, [op], right):
            yield node, f"({ast.unparse(ast.Compare(left, [OTHER[type(op)]()], right))})"
        case ast.BoolOp(op, values):
            yield node, f"({ast.unparse(ast.BoolOp(OTHER[type(op)](), values))})"
        case ast.Constant(int(value)):
            yield node, str(not value if isinstance(value, bool) else value + 1)
        case ast.Constant(str(value)) if " " not in value:  # words to a person may change
            yield node, '"X"'
        case ast.Return(ast.AST() as value) if ast.unparse(value) != "None":
            yield node, "return None"
        case ast.Expr() | ast.Raise() | ast.Continue() | ast.Assign([ast.Attribute()]):
            yield node, "pass"
    for test in getattr(node, "ifs", [getattr(node, "test", None)]):
        if test:
            yield test, f"(not ({ast.unparse(test)}))"


def nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield ``node`` and what is in it, but for docstrings, types, which aren't run, decorators, who
    keep what no test sees, and f-strings: before Python 3.12 their parts don't say where they stand."""
    match node:
        case ast.If(ast.Name("TYPE_CHECKING") | ast.Compare(ast.Name("__name__"))):
            return
        case ast.Expr(ast.Constant()) | ast.JoinedStr():
            return
    yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name not in PASSED:
                yield from nodes(child)


def mutants(tree: Path, package: str) -> Iterator[tuple[Path, int, int, int, str]]:
    """Yield all (file, line, first byte, last byte, what stands there instead) of a package."""
    for file in sorted((tree / "scripts" / package).rglob("*.py")):
        rows = file.read_bytes().splitlines(keepends=True)
        for node in nodes(ast.parse(b"".join(rows))):
            for at, new in changes(node):
                first = len(b"".join(rows[: at.lineno - 1])) + at.col_offset
                last = len(b"".join(rows[: at.end_lineno - 1])) + at.end_col_offset
                yield file, at.lineno, first, last, new


def passes(tree: Path, package: str, limit: float | None = None) -> bool:
    """Return whether a package's fast tests pass within ``limit`` seconds, whatever they start."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", f"--basetemp={tree}-made"]
    command += [f"tests/{package}", *TESTS.get(package, ("-m", "not slow"))]
    run = subprocess.Popen(command, cwd=tree, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        return run.wait(limit) == 0
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        return run.wait() == 0


def main(argv: list[str]) -> None:
    """Print scores and survivors, as Markdown. Ends where tests fail before anything is changed."""
    parser = argparse.ArgumentParser(prog="python3 tests/measure/mutants.py", description=__doc__)
    parser.add_argument("packages", nargs="*", default=PACKAGES, metavar="PACKAGE")
    parser.add_argument("--sample", type=int, default=25, help="mutants of each package")
    parser.add_argument("--seed", default="0")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as work:
        tree = Path(shutil.copytree(ROOT, Path(work, "tree"), ignore=LEFT))
        for package in args.packages:
            begun = time.monotonic()
            if not passes(tree, package):
                sys.exit(f"tests/{package} fails before anything is changed")
            limit = 10 + 5 * (time.monotonic() - begun)
            every, alive = list(mutants(tree, package)), []
            sample = random.Random(args.seed).sample(every, min(args.sample, len(every)))
            for file, line, first, last, new in sorted(sample):
                source = file.read_bytes()
                file.write_bytes(source[:first] + new.encode() + source[last:])
                if passes(tree, package, limit):
                    old = " ".join(source[first:last].decode().split())
                    alive.append(f"- {file.relative_to(tree)}:{line}: `{old}` → `{new}`\n")
                file.write_bytes(source)
            killed = f"{len(sample) - len(alive)} of {len(sample)} killed"
            print(f"## {package}: {killed}, {len(every)} possible\n\n{''.join(alive)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
