"""Håller länklöftet: en adress som har publicerats fortsätter att leda till samma sak.

Jämför den byggda webbplatsen med docs/_data/permalinks.txt, där varje adress och varje ställe på
en sida står med vad det handlade om. Det som är borta, eller betyder något annat, är ett fel tills
docs/_data/redirects.yml säger vart det har flyttat eller varför det inte finns. Nya adresser är
inget fel: --accept skriver in dem. En adress som står där tas aldrig bort.

--live frågar den publicerade webbplatsen: varje utlovad adress ska svara 200, eller leda (308) dit
registret säger, varje ställe ska finnas, och startsidan ha webbplatsens skyddshuvuden.

Utgång: 0 löftet hålls, 1 fel hittades, 2 kunde inte köras.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.content.content import Content
from scripts.core.findings import report
from scripts.links.resolve import is_origin, mask
from scripts.publish import host
from scripts.publish.built import BuiltSite
from scripts.publish.contract import CONTRACT, accept, compare, read_contract, same
from scripts.publish.moved import read_register
from scripts.steps import read_settings


def live(origin: str, docs: Path, today: dt.date) -> int:
    """Ask the host at ``origin``, where the site's root is published; return the exit code."""
    if not is_origin(origin):
        print(f'"{mask(origin)}" är ingen adress. Skriv https://…', file=sys.stderr)
        return 2
    promises, faults = read_contract(docs)
    register, more = read_register(Content.read(docs), today)
    if faults or more:
        return report([*faults, *more])
    asked = host.wanted(promises, register)
    print(f"Frågar {mask(origin)} om {len(asked)} utlovade sidor och filer.", file=sys.stderr)
    headers = host.headers(read_settings(docs.parent).frame_ancestors)
    return report(host.check(origin, asked, headers, docs))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.permalinks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), metavar="MAPP")
    parser.add_argument(
        "--docs", type=Path, default=Path("docs"), help="mappen med sidornas källor"
    )
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date.today())
    writes = parser.add_mutually_exclusive_group()
    writes.add_argument("--accept", action="store_true", help="skriv in nya adresser")
    writes.add_argument(
        "--same", nargs="+", metavar="ADRESS", help="andra ord, samma betydelse: skriv in dem"
    )
    writes.add_argument(
        "--live",
        metavar="ADRESS",
        help="fråga värden på nätet om allt som är utlovat, som https://…",
    )
    args = parser.parse_args(argv)
    for folder in (args.docs,) if args.live else (args.site, args.docs):
        if not folder.is_dir():
            print(f'Mappen "{folder}" finns inte. Bygg webbplatsen först.', file=sys.stderr)
            return 2
    if args.live:
        return live(args.live, args.docs, args.today)
    pdf = any(args.site.rglob("*.pdf"))
    if not pdf:
        print("Sajten är byggd utan pdf-filer: deras adresser prövas inte.", file=sys.stderr)
    site, content = BuiltSite(args.site), Content.read(args.docs)
    comparison = compare(site, content, args.today, pdf=pdf)
    if comparison.unreadable or not (args.accept or args.same):
        return report(comparison.findings())
    if args.accept:
        count = accept(comparison)
        print(f"Nya adresser i {args.docs / CONTRACT}: {count}.", file=sys.stderr)
    elif wrong := same(comparison, args.same):
        print(f"Ingenting skrevs. Varken löftet eller sajten har: {', '.join(wrong)}")
        return 1
    return report(compare(site, content, args.today, pdf=pdf).findings())


if __name__ == "__main__":
    raise SystemExit(main())
