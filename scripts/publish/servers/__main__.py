from __future__ import annotations

from scripts.publish.servers.nginx import main

raise SystemExit(main())
