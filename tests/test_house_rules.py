"""The rules of the house that nobody has to remember, because they are asked here (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.feature import features, load
from app.settings import NAMES, PREFIX

ROOT = Path(__file__).resolve().parents[1]
WINGS = ("app", "content", "campaigns", "scheduler")
MAY_IMPORT = {
    "app": {"app"},
    "content": {"app", "content"},
    "campaigns": {"app", "content", "campaigns"},
    "scheduler": {"app", "content", "campaigns", "scheduler"},
}
# Inside a wing each room may import the rooms that stand before it in this order, never one after it.
ROOMS = {
    "content": [
        "references",
        "themes",
        "outlets",
        "media",
        "channels",
        "items",
        "slots",
        "site",
        "publications",
    ],
    "campaigns": ["planfile", "plans", "occasions", "board", "calendar", "coverage", "today", "demo"],
    "scheduler": ["dispatch", "channels", "watch", "jobs"],
}
# The ground, floor by floor; a name stands for a module or a folder. Edges are the doors of pages and commands.
GROUND = [
    {"errors", "text", "words", "version"},
    {"outbound"},
    {"clock", "settings", "feature", "lunar"},
    {"db", "storage"},
    {"audit"},
    {"organisations"},
    {"accounts"},
    {"search"},
    {"web", "migrations", "labels"},
]
EDGES = {"views", "forms", "panels", "feature", "commands", "command", "people", "search", "listing"}
FLASK_HOMES = re.compile(
    r"(^|/)(views|forms|panels|feature|people|audit_views|factory|home|serving)\.py$|^app/(web|api)/"
)
FLASK = {"flask", "flask_babel", "flask_login", "flask_wtf", "wtforms", "werkzeug", "markupsafe", "jinja2"}
NETWORK = {
    "socket",
    "http",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "httpx2",
    "aiohttp",
    "smtplib",
    "ftplib",
}
NETWORK_HOMES = re.compile(r"^scheduler/|^app/outbound/|^app/serving\.py$")


@cache
def modules() -> dict[str, ast.Module]:
    """Every Python file of the wings by its path from the root."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8"))
        for wing in WINGS
        for path in sorted((ROOT / wing).rglob("*.py"))
    }


def imported(tree: ast.Module) -> Iterator[str]:
    """Dotted names that a module imports, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import of {node.module}: write the whole name"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_edge(path: str) -> bool:
    """Whether the file is a door of pages or commands, which stands above the rooms of its wing's ground."""
    return Path(path).stem in EDGES


def test_imports_only_run_down_the_wings() -> None:
    wrong = [
        f"{path} -> {name}"
        for path, tree in modules().items()
        for name in imported(tree)
        if (first := name.partition(".")[0]) in MAY_IMPORT and first not in MAY_IMPORT[path.partition("/")[0]]
    ]
    assert wrong == []


def test_imports_only_run_down_the_rooms_of_a_wing() -> None:
    wrong = []
    for path, tree in modules().items():
        wing, _, rest = path.partition("/")
        room = rest.partition("/")[0]
        order = ROOMS.get(wing, [])
        if room not in order:
            continue
        for name in imported(tree):
            parts = name.split(".")
            if (
                parts[0] == wing
                and len(parts) > 1
                and parts[1] in order
                and order.index(parts[1]) > order.index(room)
            ):
                wrong.append(f"{path} -> {name}")
    assert wrong == []


def test_every_room_has_its_place_in_the_order() -> None:
    unplaced = [
        f"{wing}/{folder.name}"
        for wing, order in ROOMS.items()
        for folder in (ROOT / wing).iterdir()
        if (folder / "__init__.py").exists() and folder.name not in order
    ]
    assert unplaced == []


def test_imports_only_run_down_the_floors_of_the_ground() -> None:
    floor = {name: number for number, names in enumerate(GROUND) for name in names}
    wrong = []
    for path, tree in modules().items():
        wing, _, rest = path.partition("/")
        own = floor.get(rest.partition("/")[0].removesuffix(".py"))
        if wing != "app" or own is None or is_edge(path):
            continue
        for name in imported(tree):
            parts = name.split(".")
            if parts[0] == "app" and len(parts) > 1 and floor.get(parts[1], 0) > own:
                wrong.append(f"{path} -> {name}")
    assert wrong == []


def test_no_module_waits_on_another_in_a_loop() -> None:
    """No circle of imports among the files of the wings."""
    names = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in modules()}
    arrows = {
        name: {other for other in imported(modules()[path]) if other in names and other != name}
        for name, path in names.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> list[str]:
        if name in trail:
            return [" -> ".join((*trail[trail.index(name) :], name))]
        if name in done:
            return []
        found = [circle for other in sorted(arrows[name]) for circle in walk(other, (*trail, name))]
        done.add(name)
        return found

    assert [circle for name in sorted(names) for circle in walk(name, ())] == []


def test_flask_stays_at_the_doors() -> None:
    wrong = [
        f"{path} -> {name}"
        for path, tree in modules().items()
        for name in imported(tree)
        if name.partition(".")[0] in FLASK and not FLASK_HOMES.search(path)
    ]
    assert wrong == []


def test_the_network_is_reached_from_the_scheduler_only() -> None:
    wrong = [
        f"{path} -> {name}"
        for path, tree in modules().items()
        for name in imported(tree)
        if any(name == one or name.startswith(one + ".") for one in NETWORK)
        and not NETWORK_HOMES.search(path)
    ]
    assert wrong == []


def test_the_time_zone_is_named_in_one_file() -> None:
    wrong = [
        path
        for path in modules()
        if path != "app/clock.py"
        and re.search(r"Ho_Chi_Minh|ZoneInfo", (ROOT / path).read_text("utf-8"))
        and "zoneinfo" in (ROOT / path).read_text("utf-8").lower()
    ]
    assert wrong == []


def test_the_clock_is_read_at_the_edges_only() -> None:
    """Services, queries and pure hearts get the moment handed in."""
    allowed = EDGES | {"audit_views", "home", "identity", "runner", "serving", "backup", "figures"}
    wrong = [
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func)
        in {"clock.now", "datetime.now", "datetime.utcnow", "date.today", "time.time"}
        and Path(path).stem not in allowed
        and path != "app/clock.py"
        and not path.startswith("scheduler/jobs/")
    ]
    assert sorted(set(wrong)) == []


def test_services_do_not_commit() -> None:
    wrong = [
        path
        for path, tree in modules().items()
        if path.startswith(("content/", "campaigns/")) or path.endswith("services.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("session.commit")
    ]
    assert wrong == []


def test_every_name_that_a_feature_brings_can_be_loaded() -> None:
    for feature in features():
        named = [
            *feature.blueprints,
            *feature.needs,
            *feature.commands.values(),
            *feature.words,
            *feature.actions,
        ]
        named += [name for names in feature.panels.values() for name in names]
        for name in named:
            if name not in feature.models:
                load(name)


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in NAMES if f"`{PREFIX}{name}`" not in readme] == []


def test_every_public_function_says_what_it_does() -> None:
    missing = []
    for path, tree in modules().items():
        if path.startswith("app/migrations/versions/"):
            continue
        # What stands in a function's body is its own affair; a property of one line says it by its name.
        public = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        methods = [
            node
            for one in public
            if isinstance(one, ast.ClassDef) and not one.name.startswith("_")
            for node in one.body
            if isinstance(node, ast.FunctionDef)
        ]
        for node in [*public, *methods]:
            is_one_line = node in methods and len(node.body) == 1
            if not node.name.startswith("_") and not ast.get_docstring(node) and not is_one_line:
                missing.append(f"{path}:{node.lineno} {node.name}")
    assert missing == []


def test_templates_hold_no_inline_style_or_script() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for wing in WINGS
        for path in (ROOT / wing).rglob("*.html")
        if re.search(r'\sstyle="|<script(?![^>]*\ssrc=)|\son[a-z]+="', path.read_text("utf-8"))
    ]
    assert wrong == []


def test_every_post_form_carries_its_token() -> None:
    wrong = []
    for wing in WINGS:
        for path in (ROOT / wing).rglob("*.html"):
            text = path.read_text("utf-8")
            forms = re.findall(r"<form\b[^>]*\bmethod=\"post\".*?</form>", text, re.DOTALL | re.IGNORECASE)
            wrong += [str(path.relative_to(ROOT)) for form in forms if "csrf_token" not in form]
    assert wrong == []


@pytest.mark.parametrize(
    "place", ["static", "docs", "README.md", "app", "content", "campaigns", "scheduler", "tests", "bench"]
)
def test_no_address_of_a_foreign_host_is_loaded_at_run_time(place: str) -> None:
    """No CDN, no remote font: pages take scripts, styles, fonts and pictures from themselves."""
    found = []
    base = ROOT / place
    paths = (
        [base]
        if base.is_file()
        else [path for path in base.rglob("*.html") if "node_modules" not in path.parts]
    )
    for path in paths:
        text = path.read_text("utf-8")
        found += re.findall(
            r"""(?:<script[^>]*src|<link[^>]*href|<img[^>]*src|@import|url\()\s*=?\s*["']?(https?://[^"')\s]+)""",
            text,
        )
    assert found == []


def test_every_value_that_people_see_has_a_word() -> None:
    for feature in features():
        for name in feature.words:
            for kind, words in load(name).items():
                assert set(words) == set(kind), kind
