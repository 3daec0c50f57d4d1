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
from collections.abc import Sequence
from pathlib import Path

from scripts.audit.browser import SHELL, find_browser
from scripts.core import environment
from scripts.core.environment import say

ROOT = Path(__file__).resolve().parent.parent
NODE_LOCK = ROOT / "tests/node"  # package.json, its lock and settings
NODE_TOOLS = environment.WORK / "node"
NGINX = ("nginx", "libnginx-mod-http-brotli-static")  # the server we ship a configuration for
NGINX_FOLDER = environment.WORK / "nginx"
# The other one; the libraries have these names since Debian 13 and Ubuntu 24.04.
APACHE = ("apache2-bin", "libapr1t64", "libaprutil1t64")
APACHE_FOLDER = environment.WORK / "apache"
# What is missing → what can't be tried without it, how to have it, and how to name another.
MISSING = {
    "Chromium": ("sidan som en läsare", "chromium-headless-shell (Ubuntu: chromium)", "CHROMIUM"),
    "Firefox": ('vad som står kvar efter "Lämna sidan"', "firefox-esr", "FIREFOX"),
    "nginx": ("inställningarna för nginx", " ".join(NGINX), "NGINX_PATH"),
    "Apache": (".htaccess", "apache2-bin", ""),
}


def ready() -> bool:
    """Have what is missing installed; say what still is, and return whether the tests can run."""
    for package in (SHELL, "chromium"):
        if find_browser() is None:
            install(package)
    if find_firefox() is None:
        install("firefox-esr")
    if "NGINX_PATH" not in os.environ:
        unpack(NGINX, NGINX_FOLDER)
    unpack(APACHE, APACHE_FOLDER)
    found: dict[str, object] = {"Chromium": find_browser(), "Firefox": find_firefox()}
    found["nginx"] = find_nginx()
    if is_debian():
        found["Apache"] = find_apache()
    else:
        say("Apache provas bara där Debians paket finns: .htaccess provas inte här.")
    for name in (name for name, path in found.items() if path is None):
        tried, package, variable = MISSING[name]
        other = f" Ligger det annanstans: sätt {variable} till sökvägen." if variable else ""
        say(
            f"{name} saknas, så {tried} kan inte provas. Debian: sudo apt install {package}.{other}"
        )
    if None in found.values():
        return False
    with environment.only_one("node"):
        return install_node_tools()


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


def find_apache() -> Path | None:
    """Return the folder that holds an apache2 of Debian's that starts, or None."""
    for folder in (APACHE_FOLDER, Path("/")):
        program = folder / "usr/sbin/apache2"
        if program.is_file():
            done = subprocess.run(
                [program, "-v"], env=apache_environment(folder), capture_output=True
            )
            if done.returncode == 0:
                return folder
    return None


def apache_environment(folder: Path) -> dict[str, str]:
    """Return the environment in which ``folder``'s Apache finds its own libraries."""
    libraries = sorted({str(file.parent) for file in folder.glob("usr/lib/*/libapr*.so*")})
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(libraries)}


def unpack(packages: Sequence[str], folder: Path) -> None:
    """Unpack Debian's server into .build/, once. Installed, it would start on port 80."""
    if (folder / "usr").is_dir() or not is_debian():
        return
    say(f"Hämtar {packages[0]} (en gång) …")
    folder.mkdir(parents=True, exist_ok=True)

    def download(*names: str) -> bool:
        command = ["apt-get", "-qq", "download", *names]
        return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0

    if not download(*packages):
        apt("update")
        if not download(*packages):
            download(*(name.removesuffix("t64") for name in packages))
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, folder])
        package.unlink()


def install(*packages: str) -> None:
    """Install Debian's ``packages``, if this is Debian and the user may without being asked."""
    if may_install() is None:
        return
    say(f"Installerar {', '.join(packages)} (en gång) …")
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
    say("Installerar verktygen i tests/node (en gång) …")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in files:
        shutil.copy(file, target)
    npm = Path(sys.executable).with_name("npm.exe" if os.name == "nt" else "npm")
    # Node knows its own list of authorities only; a workplace's proxy is known to the machine's.
    trust = {**os.environ, "NODE_USE_SYSTEM_CA": "1"}
    done = subprocess.run([npm, "ci"], cwd=target, env=trust, capture_output=True, text=True)
    if done.returncode != 0:
        say(
            "Verktygen i tests/node kunde inte installeras. Kontrollera att datorn når ett "
            "paketindex för npm, och försök igen. npm säger:\n"
            + (done.stdout + done.stderr).strip()
        )
        return False
    stamp.write_text(wanted)
    return True
