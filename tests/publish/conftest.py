from __future__ import annotations

from tests.publish.promised import made  # noqa: F401
