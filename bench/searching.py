"""Search over 200,000 titles on both databases, beside the LIKE that it replaces: ``python -m bench.searching``.

Titles are drawn from two-syllable words, the first of them far oftener than the last. Each figure is the median of
nine runs as a coordinator asks, with the condition on what may be seen.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from app import clock
from app.accounts.access import Access
from app.accounts.permissions import Permission
from app.db import make_engine, read_session, transaction
from app.feature import load_models
from app.migrations import schema
from app.search import rebuild
from app.search.ask import count, find
from app.search.words import Question, read_question
from app.text import fold
from bench.figures import Figure, show
from bench.pages import databases
from content.outlets.models import Outlet
from content.publications.models import Publication, PublicationStatus
from tests.factories import make_outlet

TITLES = 200_000
TIMES = 9
LIKE = 20  # times; a LIKE grows with the number of titles and the index does not: 100 times at a million
MOMENT = datetime(2026, 5, 18, 3, tzinfo=UTC)
ACCESS = Access(person_id=1, everywhere=frozenset(Permission))
WORDS = [
    "chuyển đổi",
    "hội nghị",
    "kế hoạch",
    "triển khai",
    "thực hiện",
    "đồng bào",
    "phát triển",
    "nông thôn",
    "du lịch",
    "văn hóa",
    "giáo dục",
    "học sinh",
    "cán bộ",
    "lãnh đạo",
    "tuyên truyền",
    "công tác",
    "kinh tế",
    "xã hội",
    "an ninh",
    "quốc phòng",
    "y tế",
    "bệnh viện",
    "đường bộ",
    "giao thông",
    "xây dựng",
    "nông nghiệp",
    "cà phê",
    "chợ phiên",
    "lễ hội",
    "di sản",
    "thanh niên",
    "phụ nữ",
    "nông dân",
    "cựu chiến",
    "biên giới",
    "bộ đội",
    "công an",
    "hải quan",
    "thuế quan",
    "ngân hàng",
    "tín dụng",
    "doanh nghiệp",
    "khởi nghiệp",
    "đầu tư",
    "công nghệ",
    "dữ liệu",
    "trực tuyến",
    "dịch vụ",
    "thủ tục",
    "hành chính",
    "cải cách",
    "dân tộc",
    "tôn giáo",
    "môi trường",
    "rừng phòng",
    "thiên tai",
    "bão lũ",
    "cứu trợ",
    "nhà ở",
    "đất đai",
    "tài nguyên",
    "khoáng sản",
    "thủy điện",
    "năng lượng",
    "viễn thông",
    "bưu chính",
    "báo chí",
    "phát thanh",
    "truyền hình",
    "thể thao",
    "bóng đá",
    "điện biên",
    "hà giang",
    "cao bằng",
    "sơn la",
    "dương cầm",
    "hoa ban",
    "mùa xuân",
    "mùa vụ",
    "lúa gạo",
    "chăn nuôi",
    "thủy sản",
    "vắc xin",
    "dịch bệnh",
    "người cao",
    "trẻ em",
    "gia đình",
    "hôn nhân",
    "pháp luật",
    "tòa án",
    "kiểm sát",
    "thanh tra",
    "khiếu nại",
    "tiếp dân",
    "bầu cử",
    "quốc hội",
    "hội đồng",
    "mặt trận",
    "công đoàn",
    "khởi nghĩa",
]


def titles(how_many: int) -> Iterator[str]:
    """That many titles, the same at each run: six words each, and one in a thousand names a document."""
    chance = random.Random(57)
    weights = [1 / (place + 3) for place in range(len(WORDS))]
    for number in range(how_many):
        chosen = chance.choices(WORDS, weights, k=6)
        yield " ".join(chosen).capitalize() + (
            f" theo {number // 1_000}-NQ/TU" if number % 1_000 == 0 else ""
        )


def _fill(session: Session) -> None:
    outlets = [make_outlet(session).id for _ in range(100)]
    rows: list[dict[str, Any]] = []
    for number, title in enumerate(titles(TITLES)):
        moment = MOMENT - timedelta(minutes=8 * number)
        rows.append(
            {
                "outlet_id": outlets[number % 100],
                "title": title,
                "title_folded": fold(title),
                "summary": "",
                "address": f"https://bao.example.vn/{number}",
                "address_key": f"{number:064}",
                "is_on_air": False,
                "published_at": moment,
                "published_on": clock.local_day(moment),
                "note": "",
                "status": PublicationStatus.FOUND,
                "logged_at": MOMENT,
                "version": 1,
            }
        )
        if len(rows) == 5_000:
            session.execute(insert(Publication), rows)
            rows = []


def measure(url: str) -> list[Figure]:
    """The figures of one database."""
    load_models()
    engine = make_engine(url)
    schema.upgrade(engine)
    name = "SQLite" if engine.dialect.name == "sqlite" else "PostgreSQL"
    with transaction(engine) as session:
        _fill(session)
    begun = time.perf_counter()
    with transaction(engine) as session:
        rebuild(session)
    took = time.perf_counter() - begun
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    with read_session(engine) as session:
        made = _asked(session, name)
    engine.dispose()
    return [Figure(f"{name}: index of {TITLES:,} titles made anew", took, "s", 60), *made]


def _question(typed: str) -> Question:
    question = read_question(typed)
    assert question is not None
    return question


def _asked(session: Session, name: str) -> list[Figure]:
    """Newest 20 and count of a common word, a phrase, a rare one, a number and a beginning; then LIKE."""
    made = []
    for what, typed in (
        ("a common word", "chuyen"),
        ("two words", "nông thôn"),
        ("two far words", "bong da khoi nghia"),
        ("a number of a document", "57-NQ/TU"),
        ("a beginning", "khởi ngh"),
        ("two letters", "th"),
        ("nothing", "đường dương cầm xa lạ"),
    ):
        question = _question(typed)
        newest = _median(lambda q=question: find(session, ACCESS, "publication", q, size=20))  # type: ignore[misc]
        counted = _median(lambda q=question: count(session, ACCESS, "publication", q))  # type: ignore[misc]
        every = count(session, ACCESS, "publication", question, most=TITLES)
        all_counted = _median(lambda q=question: count(session, ACCESS, "publication", q, most=TITLES))  # type: ignore[misc]
        print(
            f"{name} {typed!r}: {every} hits; 20 {newest:.2f} ms, 101 {counted:.2f} ms, all {all_counted:.1f} ms"
        )
        made.append(Figure(f"{name}: newest 20 of {what}", newest, "ms", 2))
    made.append(_narrow(session, name))
    like = _median(lambda: session.scalars(_like("bóng đá khởi nghĩa").limit(20)).all())
    own = _median(lambda: find(session, ACCESS, "publication", _question("bóng đá khởi nghĩa"), size=20))
    return [
        *made,
        Figure(f"{name}: newest 20 of a rare phrase against LIKE", like / own, "×", LIKE, at_most=False),
    ]


def _narrow(session: Session, name: str) -> Figure:
    """A common word asked by an outlet that has one in a hundred of the publications."""
    organisation_id = session.scalars(select(Outlet.organisation_id).order_by(Outlet.id.desc())).first()
    right = Permission.READ_PUBLICATIONS
    own = Access(person_id=2, within={right: frozenset({organisation_id or 0})})
    question = _question("chuyen doi bong da")
    newest = _median(lambda: find(session, own, "publication", question, size=20))
    counted = _median(lambda: count(session, own, "publication", question))
    common = _median(lambda: count(session, own, "publication", _question("chuyen")))
    print(
        f"{name} of one outlet: 20 {newest:.2f} ms, 101 {counted:.2f} ms, 101 of a common word {common:.1f} ms"
    )
    return Figure(f"{name}: one outlet's newest 20 among all", newest, "ms", 50)


def _like(typed: str) -> Any:
    return (
        select(Publication.id)
        .where(Publication.title_folded.contains(fold(typed)))
        .order_by(Publication.published_on.desc(), Publication.id.desc())
    )


def _median(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    ask()
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(taken)


def main() -> None:
    """Measure both databases and show."""
    with tempfile.TemporaryDirectory() as name, databases(Path(name)) as urls:
        show([figure for url in urls for figure in measure(url)])


if __name__ == "__main__":
    main()
