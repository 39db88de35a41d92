"""Words of a plan changed where they stand: the entries, and what else holds the same words. No database."""

from __future__ import annotations

from campaigns.planfile.clauses.reading import read_clauses
from campaigns.planfile.reader import read_plan
from campaigns.plans.amending.amended import Amended, Sections, amend
from campaigns.plans.amending.structure import Level, OldEntry

HEAD = "QUYẾT ĐỊNH\nVề việc sửa đổi một số nội dung của Kế hoạch số 125/KH-UBND\n\nĐiều 1. {said}\n"
OLD, NEW = "Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"
SECTIONS: Sections = {"II": (1, 20), "III": (21, 40)}


def group(key: int, ordinal: str, line: int, lead: str = OLD) -> OldEntry:
    values = {"title": f"Nhóm {ordinal}", "lead": lead, "cooperating": "", "timing": ""}
    return OldEntry(Level.GROUP, key, "", key, ordinal, values, values, (line, line))


def task(key: int, home: int, ordinal: str, text: str, line: int, *, now: str = "") -> OldEntry:
    said = {"text": text, "lead": "", "cooperating": "", "timing": ""}
    return OldEntry(
        Level.TASK, key, str(home), key, ordinal, {**said, "text": now or text}, said, (line, line)
    )


def duty(key: int, number: str, text: str, line: int) -> OldEntry:
    values = {"block": OLD, "text": text}
    extra = {"block_ordinal": number}
    return OldEntry(Level.DUTY, key, OLD, key, "-", values, values, (line, line), extra=extra)


PLAN = [
    group(1, "1", 2),
    group(2, "2", 6, lead=f"Sở Nội vụ\n{OLD}"),
    task(3, 1, "a", f"{OLD} mở chuyên mục.", 3, now=f"{OLD} mở hai chuyên mục."),
    task(4, 1, "b", "Phát sổ tay ở các huyện, các xã.", 4),
    task(5, 2, "a", f"Báo cáo {OLD}.", 7),
    duty(6, "1", f"{OLD} theo dõi, đôn đốc.", 22),
]


def amended(said: str) -> Amended:
    draft = read_plan(HEAD.format(said=said), name="quyet-dinh.txt")
    return amend(PLAN, read_clauses(draft), SECTIONS, 1)


def told(found: Amended) -> dict[int, str]:
    """By old key everything that the entry says now."""
    keys = {path: key for path, key in found.pairs.items() if key}
    return {keys[one.path]: " | ".join(one.values.values()) for one in found.entries if one.path in keys}


def test_words_change_in_the_place_that_is_named_and_nowhere_else() -> None:
    found = amended(f"Thay cụm từ “{OLD}” bằng cụm từ “{NEW}” tại khoản 2 Mục II.")
    assert found.unplaced == ()
    said = told(found)
    assert said[2] == f"Nhóm 2 | Sở Nội vụ\n{NEW} |  | "
    assert NEW in said[5]
    assert all(OLD in said[key] for key in (1, 3, 6))
    assert len(found.entries) == len(PLAN)


def test_without_a_place_they_change_everywhere_and_in_what_was_corrected_by_hand() -> None:
    found = amended(f"Thay thế cụm từ “{OLD}” bằng cụm từ “{NEW}”.")
    said = told(found)
    assert all(OLD not in text for text in said.values())
    assert said[3].startswith(f"{NEW} mở hai chuyên mục.")
    of_task = next(one for one in found.entries if found.pairs.get(one.path) == 3)
    assert of_task.said["text"] == f"{NEW} mở chuyên mục."
    assert of_task.lines == (3, 3)


def test_words_are_taken_out() -> None:
    said = told(amended("Bỏ cụm từ “các huyện,” tại điểm b khoản 1 Mục II."))
    assert said[4].startswith("Phát sổ tay ở các xã.")


def test_what_is_not_found_is_left_to_the_officer() -> None:
    for clause in (
        "Thay cụm từ “Sở Du lịch” bằng cụm từ “Sở Văn hóa”.",
        f"Thay cụm từ “{OLD}” bằng cụm từ “{NEW}” tại Mục VII.",
        f"Thay cụm từ “{OLD}” bằng cụm từ “{NEW}” tại khoản 9 Mục II.",
    ):
        found = amended(clause)
        assert [one.value for one in found.unplaced] == [clause]
        assert OLD in told(found)[1]
