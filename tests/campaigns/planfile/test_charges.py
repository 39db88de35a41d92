"""Who leads and who helps, told in sentences, and the blocks that such sentences stand in."""

from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan


def _group(*lines: str) -> dict[str, Any]:
    body = "\n".join(lines)
    source = f"I. NỘI DUNG\n1. Truyền thông trên báo chí\n{body}\nII. KINH PHÍ\nTừ ngân sách tỉnh năm 2026."
    [group] = to_json(read_plan(source))["task_groups"]
    return dict(group)


@pytest.mark.parametrize(
    ("sentence", "lead", "helpers"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Công an tỉnh và Tỉnh đoàn thực hiện.",
         ["Sở Y tế"], ["Sở Nội vụ", "Công an tỉnh", "Tỉnh đoàn"]),
        ("Sở Y tế chủ trì; Sở Nội vụ, Công an tỉnh phối hợp.", ["Sở Y tế"], ["Sở Nội vụ", "Công an tỉnh"]),
        ("Sở Y tế chủ trì, Sở Nội vụ phối hợp thực hiện.", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp chặt chẽ với các đơn vị liên quan tổ chức thực hiện.",
         ["Sở Văn hóa, Thể thao và Du lịch"], ["các đơn vị liên quan"]),
        ("Sở Y tế, Sở Nội vụ chủ trì thực hiện.", ["Sở Y tế", "Sở Nội vụ"], []),
        ("Giao Sở Y tế thực hiện.", ["Sở Y tế"], []),
        ("Giao Sở Y tế làm đầu mối, phối hợp với Sở Nội vụ thực hiện.", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế chủ trì phối hợp Sở Nội vụ triển khai.", ["Sở Y tế"], ["Sở Nội vụ"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("joined", [False, True])
def test_a_sentence_behind_the_points_charges_the_group(
    sentence: str, lead: list[str], helpers: list[str], *, joined: bool
) -> None:
    tasks = ["- Mở chuyên mục trên báo in.", "- Phát hành 1.000 tờ gấp đến hộ dân."]
    lines = [tasks[0], f"{tasks[1]} {sentence}"] if joined else [*tasks, sentence]
    group = _group(*lines)
    assert (group["lead"], group["cooperating"]) == (lead, helpers)
    assert [item["text"] for item in group["items"]] == [task.removeprefix("- ") for task in tasks]


@pytest.mark.parametrize(
    "sentence",
    [
        "Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ xây dựng bộ tài liệu dùng chung.",
        "Sở Y tế chủ trì tổ chức các hoạt động hưởng ứng; Sở Nội vụ phối hợp thực hiện.",
        "Sở Y tế có trách nhiệm chủ trì tổ chức các hoạt động hưởng ứng; Sở Nội vụ phối hợp thực hiện.",
        "Đề nghị Sở Y tế phối hợp với Sở Nội vụ tuyên truyền về biển, đảo.",
    ],
)
def test_a_sentence_that_also_says_what_to_do_is_a_task_of_its_own(sentence: str) -> None:
    group = _group("- Mở chuyên mục trên báo in.", "- Phát hành tờ gấp.", sentence)
    task = group["items"][-1]
    assert task["text"] == sentence
    assert (task["lead"], task["cooperating"]) == (["Sở Y tế"], ["Sở Nội vụ"])
    assert group["lead"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "(Sở Y tế chủ trì, phối hợp với Sở Nội vụ thực hiện)",
        "Nhiệm vụ này do Sở Y tế chủ trì, phối hợp với Sở Nội vụ thực hiện.",
        "- Các nhiệm vụ tại Mục này do Sở Y tế chủ trì, phối hợp với Sở Nội vụ thực hiện.",
        "Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ. Thời gian: từ ngày 10/9/2025.",
    ],
)
def test_a_charge_may_stand_in_brackets_or_speak_of_the_tasks(sentence: str) -> None:
    group = _group("- Mở chuyên mục trên báo in.", "- Phát hành tờ gấp.", sentence)
    assert (len(group["items"]), group["lead"], group["cooperating"]) == (2, ["Sở Y tế"], ["Sở Nội vụ"])


def test_a_task_says_who_answers_for_it_and_how_long_it_lasts() -> None:
    group = _group(
        "- Văn phòng Sở chịu trách nhiệm duy trì chuyên mục “Trường học số” trên Cổng thông tin điện tử.",
        "- Giao Sở Y tế chủ trì mở lớp buổi tối, thời gian thực hiện từ tháng 10/2025 đến tháng 4/2026.",
        "- Thủ trưởng các đơn vị chịu trách nhiệm trước Giám đốc Sở về kết quả.",
    )
    kept, lasting, answering = group["items"]
    assert (kept["lead"], answering.get("lead")) == (["Văn phòng Sở"], None)
    assert (lasting["lead"], lasting["timing"]) == (["Sở Y tế"], "từ tháng 10/2025 đến tháng 4/2026")


def test_brackets_behind_a_task_charge_that_task() -> None:
    group = _group("- Mở 05 lớp tập huấn (Sở Y tế chủ trì, phối hợp với Sở Nội vụ).", "- Phát hành tờ gấp.")
    assert (group["items"][0]["lead"], group["items"][0]["cooperating"]) == (["Sở Y tế"], ["Sở Nội vụ"])


def test_a_charge_may_end_with_its_time() -> None:
    group = _group(
        "- Mở chuyên mục.",
        "- In tờ gấp.",
        "Sở Y tế chủ trì, các sở, ngành phối hợp thực hiện trong quý III/2026.",
    )
    assert (group["lead"], group["cooperating"], group["timing"]) == (
        ["Sở Y tế"],
        ["các sở, ngành"],
        "trong quý III/2026",
    )


def test_a_charge_with_a_day_dates_the_group() -> None:
    group = _group(
        "- Mở chuyên mục.", "- In tờ gấp.", "Sở Y tế chủ trì thực hiện; hoàn thành trước ngày 30/6/2026."
    )
    assert (group["lead"], group["timing"]) == (["Sở Y tế"], "trước ngày 30/6/2026")


def test_leads_are_told_by_point() -> None:
    group = _group(
        "a) Mở chuyên mục.", "b) In tờ gấp.", "c) Dựng phim.", "Cơ quan chủ trì: Sở Y tế (điểm a); Sở Nội vụ (các điểm b, c)."
    )  # fmt: skip
    assert group["lead"] == ["Sở Y tế", "Sở Nội vụ"]
    assert [item["lead"] for item in group["items"]] == [["Sở Y tế"], ["Sở Nội vụ"], ["Sở Nội vụ"]]


def test_the_time_to_hand_in_works_is_a_rule_of_the_contest_and_no_field() -> None:
    group = _group(
        "- Thời gian nhận tác phẩm: từ ngày 15/4/2026 đến ngày 31/7/2026.", "- Lễ trao giải tại phường."
    )
    assert len(group["items"]) == 2
    assert group["timing"] is None


def test_a_letter_that_names_a_body_holds_the_paragraph_below_it() -> None:
    source = (
        "I. NỘI DUNG\n1. Việc.\nII. TỔ CHỨC THỰC HIỆN\na) Công an tỉnh\n- Tuần tra.\nb) Các Trạm Y tế\nGiám sát dịch bệnh."
        "\nc) Trạm Y tế các xã\n- Báo cáo kết quả về Sở Y tế trước ngày 20 hằng tháng."
    )
    read = to_json(read_plan(source))
    assert [(duty["ordinal"], duty["org"], len(duty["items"])) for duty in read["duties"]] == [
        ("a", "Công an tỉnh", 1), ("b", "Các Trạm Y tế", 1), ("c", "Trạm Y tế các xã", 1),
    ]  # fmt: skip
    assert read["reporting"][0]["who"] == ["Trạm Y tế các xã"]


def test_where_the_money_comes_from_is_found_among_the_duties() -> None:
    source = (
        "I. NỘI DUNG\n1. Việc.\nII. TỔ CHỨC THỰC HIỆN\n1. Ban Thường vụ\n"
        "- Thành lập Ban Chỉ huy; phân bổ kinh phí từ nguồn hoạt động năm 2026.\n2. Sở Nội vụ\n- Làm việc."
    )
    assert "từ nguồn hoạt động" in to_json(read_plan(source))["funding"]
