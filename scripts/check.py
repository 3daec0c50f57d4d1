"""Kör en av kontrollerna före bygget: python -m scripts.check NAMN [väljare]

Utgång: 0 inga fel, 1 fel, 2 kunde inte köras. Väljarna: python -m scripts.check NAMN --help
"""

from __future__ import annotations

import importlib
import sys

CHECKS = (
    *("pages", "sources", "doubt", "facts", "law_changes", "language", "copies"),
    *("figures", "guide", "reviews", "statutes"),
)


def main(argv: list[str]) -> int:
    """Run the check that the first argument names with the rest; return its exit code."""
    name = argv[0].replace("-", "_") if argv else ""
    if name not in CHECKS:
        print(__doc__.strip())
        print(f"Kontrollerna: {', '.join(CHECKS)}.")
        return 0 if name in ("__help", "_h") else 2
    return int(importlib.import_module(f"scripts.checks.{name}").main(argv[1:]))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
