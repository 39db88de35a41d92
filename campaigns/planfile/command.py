"""The command ``plan read``: a file in, JSON or a readable summary out."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from .as_json import to_json
from .lines import MOST_BYTES
from .reader import read_plan
from .unreadable import TOO_LARGE, Unreadable

MISSING = "Không mở được tệp “{name}”. Hãy kiểm tra đường dẫn và quyền đọc."


def read_file(path: str | Path) -> dict[str, Any]:
    """Return what is read from the file at *path*, in the schema of the plan files.

    Raises:
        Unreadable: the file cannot be opened, is too large, binary, or holds no letter.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Unreadable(TOO_LARGE)
        data = file.read_bytes()
    except OSError as error:
        raise Unreadable(MISSING.format(name=file.name)) from error
    return to_json(read_plan(data, name=file.name))


def summarise(read: dict[str, Any]) -> str:
    """Return a summary in Vietnamese of what was read."""
    unknown = "(không có)"
    lines = [
        f"{read['doc_type'] or 'Văn bản'}: {read['title'] or unknown}",
        f"Cơ quan ban hành: {read['issuer'] or unknown}",
        f"Số: {read['number'] or '(để trống)'}",
        f"Ngày: {read['date'] or read['date_partial'] or '(để trống)'}",
    ]
    lines += [f"Tình trạng: {read['status']}"] if read["status"] else []
    lines += _listed(
        "Văn bản viện dẫn",
        [f"{b['number'] or '—'} · {b['issuer_or_type']} · {b['date'] or '?'}" for b in read["legal_bases"]],
    )
    for group in read["task_groups"]:
        lines += [
            "",
            f"Nhiệm vụ {group['ordinal'] or ''} {group['title'] or ''} ({len(group['items'])} việc)".replace(
                "  ", " "
            ),
        ]
        lines += _assigned(group)
        for item in group["items"]:
            lines += [
                f"  {item['ordinal'] or '·'} {item['text'][:100]}",
                *(f"  {line}" for line in _assigned(item)),
            ]
    lines += _listed(
        "Phân công tổ chức thực hiện", [f"{d['org']} ({len(d['items'])} việc)" for d in read["duties"]]
    )
    lines += _listed(
        "Chế độ báo cáo",
        [
            f"{', '.join(r['who']) or '?'} → {', '.join(r['to']) or '?'}: {', '.join(r['cadence'])}"
            for r in read["reporting"]
        ],
    )
    lines += _listed(
        "Ngày cần nhớ", [f"{d['day'] or ''}/{d['month']} {d['name']}" for d in read["key_dates"]]
    )
    lines += _listed("Chủ đề gợi ý", [theme["name"] for theme in read["themes"]])
    lines += _listed("Lưu ý", read["notes"])
    return "\n".join(lines)


def _listed(title: str, entries: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  - {entry}" for entry in entries)] if entries else []


def _assigned(given: dict[str, Any]) -> list[str]:
    labels = (("lead", "Chủ trì"), ("cooperating", "Phối hợp"))
    lines = [f"  {label}: {'; '.join(given[key])}" for key, label in labels if given.get(key)]
    return [*lines, *([f"  Thời gian: {given['timing']}"] if given.get("timing") else [])]


@click.group()
def plan() -> None:
    """Kế hoạch: đọc văn bản kế hoạch, công văn."""


@plan.command("read")
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def read(file: str, as_json: bool) -> None:
    """Đọc kế hoạch hoặc công văn từ FILE (chữ hoặc Markdown)."""
    try:
        found = read_file(file)
    except Unreadable as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else summarise(found))
