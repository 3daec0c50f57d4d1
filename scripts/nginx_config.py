#!/usr/bin/env python3
"""Skriver inställningarna för nginx: skydd, mellanlagring, filtyper, omdirigeringar.

  python3 scripts/nginx_config.py --root /srv/sajten/site > sajten.conf

Ta in filen i ett server-block. Andra servrar läser det som bygget lägger i site/: .htaccess
(Apache) och web.config (IIS).

Sökvägen på servern (/ eller till exempel /kunskap/sajten/) är den i site_url.

Utgång: 0 klart, 2 kunde inte köras.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":  # started as a file, on any Python: what follows needs the packages
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from scripts.core.environment import enter

    enter()

from scripts.content.config import read_config
from scripts.content.content import Content
from scripts.content.folder import Folder
from scripts.core.arguments import as_folder, parser
from scripts.core.environment import ROOT, run, say
from scripts.core.findings import report
from scripts.publish.servers.headers import Publication
from scripts.publish.servers.nginx import nginx


def main(argv: Sequence[str] | None = None) -> int:
    command = parser("scripts/nginx_config.py", __doc__)
    add = command.add_argument
    served = "den byggda mappen på servern; annars site/ här"
    add("--root", type=as_folder, metavar="MAPP", help=served)
    add("--sajt", type=as_folder, default=ROOT, metavar="MAPP", help="sajtens mapp")
    brotli = "ge också .br (kräver nginx-modulen brotli_static)"
    add("--brotli", action="store_true", help=brotli)
    args = command.parse_args(argv)
    folder = Folder.read(args.sajt, dt.date.today())
    site = folder.own / "site"
    if not (site / "index.html").is_file():
        say("Mappen site/ är inte byggd. Kör: python3 scripts/build.py")
        return 2
    root = args.root or site
    if '"' in str(root):
        say(f"{root}: nginx kan inte ha citattecken i en sökväg. Byt namn på mappen.")
        return 2
    config = read_config(folder.root)
    if config.faults:
        report(config.faults)
        return 2
    published = Publication.of(Content.read(folder.root / "docs"), site, config)
    sys.stdout.write(nginx(published, root, args.brotli))
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main, sys.argv[1:]))
