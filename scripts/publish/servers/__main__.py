from __future__ import annotations

import sys

from scripts.core.environment import run
from scripts.publish.servers.nginx import main

raise SystemExit(run(main, sys.argv[1:]))
