from __future__ import annotations

from scripts.links.formats.scripts import js_imports


def test_only_relative_imports_of_modules_count():
    js = """import a from "./a.js"; import "./b.js"
    import {x,
      y} from '../c.js'; export { z } from "/d.js"; import("./e.js"); import r from "react";
    // import f from "./f.js"
    const s = `import("./${g}.js")`; /* import "./h.js" */"""
    assert js_imports(js) == ["./a.js", "./b.js", "../c.js", "/d.js", "./e.js"]
