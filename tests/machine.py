"""What the tests need of the machine, beside Python's packages: browsers, servers, Node's tools.

Found where they are, else had from Debian's packages or npm, where that may be done unasked. Needs
only the standard library.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.audit.browser import EXECUTABLE_PATHS, EXECUTABLES, SHELL, find_browser
from scripts.core import environment
from scripts.core.environment import log

ROOT = Path(__file__).resolve().parent.parent
NODE_LOCK = ROOT / "tests/node"  # package.json, its lock and settings
NODE_TOOLS = environment.WORK / "node"
NGINX_FOLDER = environment.WORK / "nginx"
# What is missing → what can't be tried without it, how to have it, and how to name another.
MISSING = {
    "Chromium": ("sidan som en läsare", "chromium", "CHROMIUM"),
    "Firefox": ('vad som står kvar efter "Lämna sidan"', "firefox-esr", "FIREFOX"),
    "nginx": ("inställningarna för nginx", "nginx", "NGINX_PATH"),
}


def ready() -> bool:
    """Have what is missing installed; say what still is, and return whether the tests can run."""
    if find_browser() is None:
        install(SHELL)
    if find_whole_chromium() is None:
        install("chromium")
    if find_firefox() is None:
        install("firefox-esr")
    if "NGINX_PATH" not in os.environ:
        unpack_nginx()
    found: dict[str, object] = {"Chromium": find_whole_chromium(), "Firefox": find_firefox()}
    found["nginx"] = find_nginx()
    for name in (name for name, path in found.items() if path is None):
        tried, package, variable = MISSING[name]
        log(
            f"{name} saknas, så {tried} kan inte provas. Debian: sudo apt install {package}. "
            f"Ligger det annanstans: sätt {variable} till sökvägen."
        )
    if None in found.values():
        return False
    with environment.lock("node"):
        return install_node_tools()


def find_whole_chromium() -> str | None:
    """Return the path of a Chromium that keeps pages for Back, as a reader's does, or None."""
    chosen = os.environ.get("CHROMIUM", "")
    if chosen and SHELL not in chosen:
        return chosen if Path(chosen).is_file() else None
    found = filter(None, map(shutil.which, (name for name in EXECUTABLES if name != SHELL)))
    return next(found, None) or next(
        (path for path in EXECUTABLE_PATHS if Path(path).is_file()), None
    )


def find_firefox() -> str | None:
    """Return the path of a Firefox, or None."""
    own = os.environ.get("FIREFOX")
    return own or shutil.which("firefox-esr") or shutil.which("firefox")


def find_nginx() -> str | None:
    """Return the path of an nginx that starts, or None."""
    if chosen := os.environ.get("NGINX_PATH"):
        return chosen if Path(chosen).is_file() else None
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
    unpacked = NGINX_FOLDER / "usr/sbin/nginx"
    found = str(unpacked) if unpacked.is_file() else shutil.which("nginx", path=path)
    if found and subprocess.run([found, "-v"], capture_output=True).returncode == 0:
        return found
    return None


def is_debian() -> bool:
    """Whether Debian's packages can be had here: its own system, Ubuntu and their kin."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def unpack_nginx() -> None:
    """Unpack Debian's nginx into .build/, once. Installed, it would start on port 80."""
    if (NGINX_FOLDER / "usr").is_dir() or not is_debian():
        return
    log("Hämtar nginx (en gång) …")
    NGINX_FOLDER.mkdir(parents=True, exist_ok=True)
    command = ["apt-get", "-qq", "download", "nginx"]
    if subprocess.run(command, cwd=NGINX_FOLDER, capture_output=True).returncode != 0:
        apt("update")
        subprocess.run(command, cwd=NGINX_FOLDER, capture_output=True)
    for package in NGINX_FOLDER.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, NGINX_FOLDER])
        package.unlink()


def install(*packages: str) -> None:
    """Install Debian's ``packages``, if this is Debian and the user may without being asked."""
    if may_install() is None:
        return
    log(f"Installerar {', '.join(packages)} (en gång) …")
    apt("update")
    apt("install", "--yes", "--no-install-recommends", *packages)


def may_install() -> list[str] | None:
    """Return the start of a command that installs packages, or None where we may not."""
    if shutil.which("apt-get") is None or os.name == "nt":
        return None
    if os.geteuid() == 0:
        return ["apt-get", "-qq"]
    sudo = shutil.which("sudo")
    if sudo is None or subprocess.run([sudo, "-n", "true"], capture_output=True).returncode:
        return None
    return [sudo, "-n", "apt-get", "-qq"]


def apt(*arguments: str) -> None:
    """Run apt-get, if we may."""
    if start := may_install():
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*start, *arguments], env=quiet, stdout=subprocess.DEVNULL)


def install_node_tools(lock: Path = NODE_LOCK, target: Path = NODE_TOOLS) -> bool:
    """Make ``target`` hold the npm packages that ``lock`` names; return whether it does."""
    files = sorted(file for file in lock.iterdir() if file.is_file())
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    stamp = target / "installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return True
    log("Installerar verktygen i tests/node (en gång) …")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in files:
        shutil.copy(file, target)
    npm = Path(sys.executable).with_name("npm.exe" if os.name == "nt" else "npm")
    # Node knows its own list of authorities only; a workplace's proxy is known to the machine's.
    trust = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    done = subprocess.run([npm, "ci"], cwd=target, env=trust, capture_output=True, text=True)
    if done.returncode != 0:
        log(
            "Verktygen i tests/node kunde inte installeras. Kontrollera att datorn når ett "
            "paketindex för npm, och försök igen. npm säger:\n"
            + (done.stdout + done.stderr).strip()
        )
        return False
    stamp.write_text(wanted)
    return True
