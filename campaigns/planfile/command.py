"""The command ``plan read``: a file in, JSON or a readable summary out."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from campaigns.planfile.as_json import to_json
from campaigns.planfile.containers.limits import MOST_BYTES
from campaigns.planfile.reader import read_plan
from campaigns.planfile.unreadable import TOO_LARGE, Unreadable

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
    cited = [
        f"{b['number'] or '—'} · {b['issuer_or_type']} · {b['date'] or '?'}" for b in read["legal_bases"]
    ]
    duties = [f"{duty['org']} ({len(duty['items'])} việc)" for duty in read["duties"]]
    reports = [
        f"{', '.join(one['who']) or '?'} → {', '.join(one['to']) or '?'}: {', '.join(one['cadence'])}"
        for one in read["reporting"]
    ]
    lines = [*_head(read), *_listed("Văn bản viện dẫn", cited)]
    for group in read["task_groups"]:
        lines += _group(group)
    lines += _listed("Phân công tổ chức thực hiện", duties)
    lines += _listed("Chế độ báo cáo", reports)
    lines += _listed(
        "Ngày cần nhớ", [f"{d['day'] or ''}/{d['month']} {d['name']}" for d in read["key_dates"]]
    )
    lines += _listed("Chủ đề gợi ý", [theme["name"] for theme in read["themes"]])
    lines += _listed("Lưu ý", read["notes"])
    return "\n".join(lines)


def _head(read: dict[str, Any]) -> list[str]:
    unknown = "(không có)"
    lines = [
        f"{read['doc_type'] or 'Văn bản'}: {read['title'] or unknown}",
        f"Cơ quan ban hành: {read['issuer'] or unknown}",
        f"Số: {read['number'] or '(để trống)'}",
        f"Ngày: {read['date'] or read['date_partial'] or '(để trống)'}",
    ]
    return [*lines, *([f"Tình trạng: {read['status']}"] if read["status"] else [])]


def _group(group: dict[str, Any]) -> list[str]:
    title = " ".join(["Nhiệm vụ", *filter(None, (group["ordinal"], group["title"]))])
    lines = ["", f"{title} ({len(group['items'])} việc)", *_assigned(group)]
    for item in group["items"]:
        lines += [f"  {item['ordinal'] or '·'} {item['text'][:100]}"]
        lines += [f"  {line}" for line in _assigned(item)]
    return lines


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
def read(file: str, *, as_json: bool) -> None:
    """Đọc kế hoạch hoặc công văn từ FILE: .docx, .pdf có chữ, .xlsx, .csv, .txt hoặc .md."""
    try:
        found = read_file(file)
    except Unreadable as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else summarise(found))
