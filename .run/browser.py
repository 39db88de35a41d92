"""A Chromium for the tests: one that is here, else Playwright's own, else Debian's."""

import os
import shutil
import subprocess
from pathlib import Path

from steps import PYTHON, say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def need_browser() -> str | None:
    """Path of a Chromium that starts, found or installed; None when none can be had."""
    for find in (chosen, on_path, playwrights, download, debians):
        path = find()
        if path and starts(path):
            return path
    return None


def chosen() -> str | None:
    """The one that LOA_CHROMIUM names."""
    return os.environ.get("LOA_CHROMIUM") or None


def on_path() -> str | None:
    """The first known name on PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwrights() -> str | None:
    """The browser that Playwright downloaded earlier, if it did."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    said = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=False)
    path = said.stdout.strip()
    return path if said.returncode == 0 and Path(path).exists() else None


def download() -> str | None:
    """Let Playwright download its own; quick to fail where that is not allowed."""
    say("Không thấy Chromium: thử tải bản của Playwright …")
    try:
        done = subprocess.run(
            [str(PYTHON), "-m", "playwright", "install", "chromium"],
            timeout=300,
            check=False,
            capture_output=True,
        )
    except subprocess.TimeoutExpired:
        return None
    return playwrights() if done.returncode == 0 else None


def debians() -> str | None:
    """Install Debian's package, where we are root on such a system."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    say("Cài Chromium từ gói của Debian …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    for command in (["apt-get", "update", "-qq"], install):
        if subprocess.run(command, env=env, check=False, capture_output=True).returncode:
            return None
    return on_path()


def starts(path: str) -> bool:
    """Whether this browser prints its version, so a broken one is passed over."""
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
