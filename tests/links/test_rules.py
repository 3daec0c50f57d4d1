from __future__ import annotations

import json
import re
from pathlib import Path

from scripts.links import report
from scripts.links.rules import RULES

SCHEMA = json.loads(Path(report.__file__).with_name("findings.schema.json").read_text("utf-8"))


def test_every_rule_has_a_name_that_the_schema_takes():
    pattern = SCHEMA["properties"]["findings"]["items"]["properties"]["rule"]["pattern"]
    assert [rule for rule in RULES if not re.search(pattern, rule)] == []
