"""The old name of scripts.publish.offline, which recipes outside this project call."""

from __future__ import annotations

import sys

from scripts.publish.offline import main

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
