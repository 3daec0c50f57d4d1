"""What a first visit costs, and what Lighthouse says: this site beside stock Material with the
same content, in the same run.

    python -m tests.lighthouse [ADDRESS ...] [--all] [--runs 3]

Needs what scripts/test.py installs. Lighthouse's own mobile settings: simulated slow 4G, a CPU
four times slower. The figures are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import yaml

from tests.browser.conftest import TEMPLATES, addresses, serve
from tests.machine import NODE_TOOLS, ROOT, find_browser

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
STOCK = ROOT / ".build/stock"


def measure(url: str) -> dict[str, float]:
    """Run Lighthouse on ``url`` and return scores (0–100), bytes over the wire and times (ms)."""
    command = [
        Path(sys.executable).with_name("node"),
        NODE_TOOLS / "node_modules/lighthouse/cli/index.js",
        url,
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        # It fetches robots.txt from inside the page, which the policy forbids.
        "--skip-audits=robots-txt",
        "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
    ]
    environment = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM") or str(find_browser())}
    for _ in range(3):
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        # Its own fault, now and then; nothing was measured: "Please run Lighthouse again".
        if "NO_NAVSTART" not in done.stderr:
            break
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    report = json.loads(done.stdout)
    audits = report["audits"]
    requests = [
        item
        for item in audits["network-requests"]["details"]["items"]
        if item["url"].startswith("http")
    ]
    scripts = [item for item in requests if item.get("resourceType") == "Script"]
    return {
        **{name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES},
        "requests": len(requests),
        "bytes": sum(item["transferSize"] for item in requests),
        "script": sum(item["transferSize"] for item in scripts),
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "tbt": audits["total-blocking-time"]["numericValue"],
        "cls": audits["cumulative-layout-shift"]["numericValue"],
    }


def median(url: str, runs: int = 3) -> dict[str, float]:
    """Return the median of each figure over ``runs`` runs."""
    results = [measure(url) for _ in range(runs)]
    return {key: statistics.median(result[key] for result in results) for key in results[0]}


def build_stock(target: Path = STOCK) -> Path:
    """Build the same pages with Material as it comes, font: false apart; return the folder."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = yaml.load(text.replace("!ENV", ""), Loader=yaml.SafeLoader)
    settings["theme"] = {"name": "material", "language": "sv", "font": False}
    settings["plugins"] = ["search"]
    settings["docs_dir"] = str(ROOT / "docs")
    settings["site_url"] = "http://127.0.0.1/"
    for name in ("extra", "watch"):
        settings.pop(name, None)
    config = ROOT / ".build/stock.yml"
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, "-d", target],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
    )
    from scripts.publish.assets import compress

    compress(target)
    return target


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", nargs="*", help="sidor, till exempel betanketid/ansok/")
    parser.add_argument("--all", action="store_true", help="alla sidor, utan jämförelse")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    pages = args.address or (addresses() if args.all else [t for t in TEMPLATES if t != "404.html"])
    sites = {"ours": ROOT / "site"} | ({} if args.all else {"stock": build_stock()})
    print(f"{'page':34} {'site':6} perf a11y  bp seo  req    kB  js kB  LCP s TBT ms   CLS")
    for page in pages:
        for name, folder in sites.items():
            with serve(folder) as base:
                r = median(base + page, args.runs)
            scores = " ".join(f"{r[c]:4.0f}" for c in CATEGORIES)
            print(
                f"{page or '/':34} {name:6} {scores} {r['requests']:4.0f} {r['bytes'] / 1000:5.1f} "
                f"{r['script'] / 1000:6.1f} {r['lcp'] / 1000:6.2f} {r['tbt']:6.0f} {r['cls']:5.3f}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
