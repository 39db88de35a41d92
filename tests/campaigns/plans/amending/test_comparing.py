"""Comparing: every entry once, identity through renumbering and rewording, three ways, in good time. No database."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.planfile.reader import read_plan
from campaigns.plans.amending.compare import Change, Difference, compare, counts_of
from campaigns.plans.amending.pairing import Side, longest_run, pair_up
from campaigns.plans.amending.reading import entries_of
from campaigns.plans.amending.structure import Level, NewEntry, OldEntry
from campaigns.plans.amending.writing import OURS, THEIRS, settled
from tests.factories import plan_text

WORDS = [
    "phong",
    "trào",
    "lớp",
    "học",
    "số",
    "chợ",
    "phiên",
    "mạng",
    "xã",
    "hội",
    "thôn",
    "bản",
    "giáo",
    "viên",
    "học",
    "sinh",
    "báo",
    "đài",
    "tỉnh",
    "xã",
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
PLANS = st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=8)), min_size=1, max_size=5)


def task(path: str, text: str, home: str = "task_groups.0", ordinal: str = "", **more: str) -> NewEntry:
    values = {"text": text, "lead": "", "cooperating": "", "timing": "", **more}
    return NewEntry(Level.TASK, path, home, int(path.rpartition(".")[2]) + 1, ordinal, values, values)


def group(index: int, title: str) -> NewEntry:
    values = {"title": title, "lead": "", "cooperating": "", "timing": ""}
    return NewEntry(Level.GROUP, f"task_groups.{index}", "", index + 1, str(index + 1), values, values)


def structure(plan: list[tuple[str, list[str]]]) -> list[NewEntry]:
    """Groups and their tasks as a text has them."""
    groups = [group(index, title) for index, (title, _) in enumerate(plan)]
    tasks = [
        task(f"task_groups.{index}.items.{number}", text, f"task_groups.{index}", "abcdeghik"[number])
        for index, (_, texts) in enumerate(plan)
        for number, text in enumerate(texts)
    ]
    return [*groups, *tasks]


def standing(news: list[NewEntry]) -> list[OldEntry]:
    """The rows that a structure becomes when it is confirmed."""
    keys = {one.path: number for number, one in enumerate(news, start=1)}
    return [
        OldEntry(
            one.level,
            keys[one.path],
            str(keys.get(one.home, one.home)),
            one.place,
            one.ordinal,
            one.values,
            one.said,
        )
        for one in news
    ]


def of_task(differences: list[Difference], text: str) -> Difference:
    return next(one for one in differences if one.new and one.new.values.get("text") == text)


@given(PLANS)
@settings(max_examples=60, deadline=None)
def test_a_text_beside_itself_is_all_the_same(plan: list[tuple[str, list[str]]]) -> None:
    news = structure(plan)
    differences = compare(standing(news), news)
    assert {one.change for one in differences} == {Change.SAME}
    keys = [one.old.key for one in differences if one.old]
    assert len(keys) == len(set(keys)) == len(news)


@given(PLANS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_ordinals_change_nothing_but_ordinals(plan: list[tuple[str, list[str]]], chance: object) -> None:
    news = structure(plan)
    ordinals = [one.ordinal for one in news]
    chance.shuffle(ordinals)  # type: ignore[attr-defined]  # Hypothesis' own Random
    renumbered = [replace(one, ordinal=ordinal) for one, ordinal in zip(news, ordinals, strict=True)]
    plain, shuffled = compare(standing(news), news), compare(standing(news), renumbered)
    assert [(one.change, one.old and one.old.key) for one in plain] == [
        (one.change, one.old and one.old.key) for one in shuffled
    ]


@given(PLANS, PLANS)
@settings(max_examples=100, deadline=None)
def test_every_entry_of_both_sides_stands_once(
    before: list[tuple[str, list[str]]], after: list[tuple[str, list[str]]]
) -> None:
    olds, news = standing(structure(before)), structure(after)
    differences = compare(olds, news)
    assert [one.new for one in differences if one.new] == news
    found = [one.old for one in differences if one.old]
    assert sorted(one.key for one in found) == sorted(one.key for one in olds)
    assert all(one.old.level is one.new.level for one in differences if one.old and one.new)
    assert compare(olds, news) == differences, "the same twice"


def test_a_task_in_front_of_all_moves_nobody() -> None:
    news = structure([("Truyền thông", ["Mở lớp học số cho người cao tuổi", "Tổ chức cuộc thi ảnh"])])
    olds = standing(news)
    later = structure(
        [
            (
                "Truyền thông",
                ["Tập huấn tổ công nghệ số", "Mở lớp học số cho người cao tuổi", "Tổ chức cuộc thi ảnh"],
            )
        ]
    )
    counted = counts_of(compare(olds, later))
    assert (counted[Change.ADDED], counted[Change.MOVED], counted[Change.REMOVED]) == (1, 0, 0)
    assert counted[Change.SAME] == 3


def test_a_reworded_task_keeps_its_key_and_an_unlike_one_does_not() -> None:
    news = structure(
        [
            (
                "Truyền thông",
                ["Tổ chức cuộc thi làm phim ngắn cho học sinh trung học", "Biên soạn tờ gấp song ngữ"],
            )
        ]
    )
    olds = standing(news)
    later = structure(
        [
            (
                "Truyền thông",
                [
                    "Tổ chức cuộc thi làm phim ngắn và viết cho học sinh trung học",
                    "Mua sắm thiết bị truyền thanh",
                ],
            )
        ]
    )
    found = compare(olds, later)
    reworded = of_task(found, "Tổ chức cuộc thi làm phim ngắn và viết cho học sinh trung học")
    assert (reworded.change, reworded.old and reworded.old.key) == (Change.CHANGED, olds[1].key)
    assert of_task(found, "Mua sắm thiết bị truyền thanh").change is Change.ADDED
    assert [one.old.key for one in found if one.change is Change.REMOVED and one.old] == [olds[2].key]


def test_a_task_under_another_group_is_moved_and_the_one_that_is_as_good_stays() -> None:
    same = "Tổ chức tọa đàm phát trực tiếp"
    olds = standing(structure([("Một", [same, "Mở chuyên mục"]), ("Hai", [same])]))
    moved = compare(olds, structure([("Một", ["Mở chuyên mục"]), ("Hai", [same, "Mở lớp", same])]))
    kept, came = [one for one in moved if one.new and one.new.values.get("text") == same]
    assert (kept.change, came.change) == (Change.SAME, Change.MOVED)
    assert kept.old is not None
    assert kept.old.home == "2"


def test_two_that_change_places_are_one_move() -> None:
    olds = standing(structure([("Một", ["Mở lớp học số", "In tờ gấp", "Thi ảnh đẹp"])]))
    found = compare(olds, structure([("Một", ["In tờ gấp", "Thi ảnh đẹp", "Mở lớp học số"])]))
    assert [one.is_moved for one in found if one.level is Level.TASK] == [False, False, True]


def beside(old_values: dict[str, str], said: dict[str, str], **theirs: str) -> Difference:
    """A task with these values and this reading, beside a new text that says *theirs*."""
    head, new = group(0, "Một"), task("task_groups.0.items.0", "Mở lớp học số", **theirs)
    (heading,) = standing([head])
    values = {**new.values, **old_values}
    old = OldEntry(Level.TASK, 7, str(heading.key), 1, "a", values, said)
    return of_task(compare([heading, old], [head, new]), "Mở lớp học số")


def corrected(ours: str, theirs: str, said: str) -> Difference:
    """A task with a lead that was corrected by hand, beside the new text."""
    known = {"text": "Mở lớp học số", "cooperating": "", "timing": ""}
    return beside({"lead": ours}, {**known, "lead": said}, lead=theirs)


def test_what_the_new_text_leaves_stays_as_it_was_corrected() -> None:
    found = corrected("Sở Khoa học và Công nghệ", "Sở KHCN", "Sở KHCN")
    assert found.change is Change.SAME
    assert [one.is_kept for one in found.fields] == [True]
    assert settled(found, {})["lead"] == "Sở Khoa học và Công nghệ"


def test_what_nobody_corrected_is_taken_from_the_new_text() -> None:
    found = corrected("Sở Nội vụ", "Sở Tài chính", "Sở Nội vụ")
    assert (found.change, found.conflicts) == (Change.CHANGED, ())
    assert settled(found, {})["lead"] == "Sở Tài chính"


@pytest.mark.parametrize(("choice", "value"), [(OURS, "Sở A"), (THEIRS, "Sở C")])
def test_what_both_have_changed_is_the_officer_s_to_choose(choice: str, value: str) -> None:
    found = corrected("Sở A", "Sở C", "Sở B")
    (conflict,) = found.conflicts
    assert settled(found, {found.choice_key(conflict): choice})["lead"] == value


def test_a_reading_that_is_not_known_any_more_makes_a_conflict() -> None:
    found = beside({"lead": "Sở A"}, {"text": "Mở lớp học số"}, lead="Sở C")
    assert [one.name for one in found.conflicts] == ["lead"]


def test_blanks_and_line_ends_are_no_change() -> None:
    assert corrected("Sở  A ", "Sở A", "Sở A").fields == ()


def test_a_pair_that_an_officer_names_holds_against_the_words() -> None:
    olds = standing(structure([("Một", ["Mở lớp học số", "In tờ gấp"])]))
    news = structure([("Một", ["Mở lớp học số", "Phát hành sổ tay"])])
    said = {news[1].path: None, news[2].path: olds[2].key}
    found = compare(olds, news, said)
    assert of_task(found, "Mở lớp học số").old is None
    assert of_task(found, "Phát hành sổ tay").old == olds[2]
    assert of_task(found, "Phát hành sổ tay").score == 1.0


def test_a_pair_with_what_is_not_there_is_nobody_s() -> None:
    olds = standing(structure([("Một", ["Mở lớp học số"])]))
    news = structure([("Một", ["Mở lớp học số"])])
    assert {one.change for one in compare(olds, news, {news[1].path: 10**9})} == {Change.SAME}


def test_a_real_text_beside_a_later_one_in_good_time() -> None:
    """500 tasks reworded, renumbered and shuffled: under a second."""
    read = read_plan(plan_text().encode(), name="ke-hoach.txt")
    base = [one.values["text"] for one in entries_of(read, read) if one.level is Level.TASK]
    texts = [f"{base[number % len(base)]} Đợt {number} tại xã số {number * 7}." for number in range(500)]
    olds = standing(structure([("Một", texts[:9])]))
    olds += [
        replace(olds[1], key=1_000 + number, place=number + 10, values={**olds[1].values, "text": text})
        for number, text in enumerate(texts[9:])
    ]
    later = [
        task(f"task_groups.0.items.{n}", text.replace("Đợt", "Lượt"))
        for n, text in enumerate(reversed(texts))
    ]
    began = time.process_time()
    found = compare(olds, [group(0, "Một"), *later])
    assert time.process_time() - began < 1.0
    assert sum(one.change in {Change.CHANGED, Change.MOVED} for one in found) >= 490


def test_pairs_are_found_by_words_and_not_by_place() -> None:
    olds = [Side("1", "Mở lớp học số"), Side("1", "In tờ gấp cho thôn bản"), Side("2", "")]
    news = [Side("1", "In tờ gấp cho thôn, bản."), Side("2", ""), Side("1", "Hoàn toàn khác hẳn")]
    assert [(pair.new, pair.old) for pair in pair_up(olds, news)] == [(0, 1)]


@given(st.lists(st.integers(0, 50), unique=True, max_size=40))
def test_the_longest_run_rises_and_is_as_long_as_any(places: list[int]) -> None:
    kept = [places[index] for index in sorted(longest_run(places))]
    assert kept == sorted(kept)
    best = [1] * len(places)
    for index, place in enumerate(places):
        best[index] = 1 + max((best[before] for before in range(index) if places[before] < place), default=0)
    assert len(kept) == max(best, default=0)
