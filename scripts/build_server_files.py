"""The old name of scripts.publish.servers, which recipes outside this project call."""

from __future__ import annotations

import sys

from scripts.publish.servers.nginx import main

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
