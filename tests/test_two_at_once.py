"""Two people press at the very same moment, in threads, on both databases: nothing is lost, nothing doubled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Person
from app.accounts.permissions import Role
from app.audit import AuditEntry
from app.db import Base
from campaigns.board.models import Campaign, Placement, Target
from campaigns.occasions.models import Occurrence
from campaigns.plans.models import Plan
from content.channels.models import Channel
from content.items.models import Approval, Item, Revision, Stage
from content.publications.models import Match, Publication, PublicationStatus
from content.references.models import DocumentLink, LinkKind
from content.slots.models import Slot, SlotState
from content.themes.models import Theme
from scheduler.channels.registry import CHANNELS
from scheduler.dispatch import deliver
from scheduler.dispatch.claim import claim
from scheduler.dispatch.wire import Wire
from tests.factories import make_document, make_item, make_person
from tests.one_of_each import Scene, make_scene
from tests.page_forms import forms_of
from tests.visitor import Visitor

Visit = Callable[[Person | None], Visitor]
Press = Callable[[], int]


@pytest.fixture
def scene(app: Flask, engine: Engine) -> Scene:
    """The province at work."""
    return make_scene(app, engine)


@pytest.fixture
def slowly(engine: Engine) -> None:
    """Let every writer stand still before it commits, so that two of them surely meet."""

    def stand(connection: Connection) -> None:
        if connection.get_execution_options().get("write"):
            time.sleep(0.1)

    event.listen(engine, "commit", stand)


pytestmark = pytest.mark.usefixtures("slowly")


def at_once(*presses: Press) -> list[int]:
    """The statuses of presses that begin in the same moment."""
    gate, statuses = threading.Barrier(len(presses)), [0] * len(presses)

    def run(place: int, press: Press) -> None:
        gate.wait()
        statuses[place] = press()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return statuses


class Desk:
    """People at their pages."""

    def __init__(self, engine: Engine, visit: Visit, scene: Scene) -> None:
        self.engine, self.visit, self.scene = engine, visit, scene
        self.answers: list[TestResponse] = []

    def press(self, who: Person, page: str, *, action: str = "", **typed: Any) -> Press:
        """Open *page* now; the returned press sends its form to *action* with *typed* in its fields."""
        visitor = self.visit(who)
        answer = visitor.get(page)
        assert answer.status_code == 200, f"{page}: {answer.status_code}"
        forms = [
            one
            for one in forms_of(answer.text)
            if one.method == "post" and (one.action or page).partition("#")[0].endswith(action or page)
        ]
        assert forms, f"{page} has no form for {action}"
        values: Mapping[str, Any] = {**forms[0].filled(), **typed}
        data = {name: value for name, value in values.items() if name not in {"csrf_token", *forms[0].files}}

        def send() -> int:
            answer = visitor.post(forms[0].action or page, data)
            self.answers.append(answer)
            return answer.status_code

        return send

    def count(self, kind: type[Base], *conditions: Any) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(kind).where(*conditions)) or 0

    def path(self, pattern: str, **more: int) -> str:
        return pattern.format(**{**self.scene.ids, **more})


@pytest.fixture
def desk(engine: Engine, visit: Visit, scene: Scene) -> Desk:
    """The desk."""
    return Desk(engine, visit, scene)


def test_of_two_saves_one_stays_and_the_other_keeps_its_words(desk: Desk) -> None:
    page = desk.path("/items/{item_id}/edit", item_id=int(desk.scene.drafts["item_id"]))
    item = int(desk.scene.drafts["item_id"])
    people = desk.scene.people
    mine = desk.press(people[Role.OFFICER], page, body="Bản của cán bộ.")
    theirs = desk.press(people[Role.COORDINATOR], page, body="Bản của điều phối.")
    assert sorted(at_once(mine, theirs)) == [303, 409]
    assert desk.count(Revision, Revision.item_id == item) == 3
    refused = next(one for one in desk.answers if one.status_code == 409)
    assert "Bản của cán bộ." in refused.text
    assert "Bản của điều phối." in refused.text


def test_a_piece_is_approved_or_taken_back_and_never_both(desk: Desk) -> None:
    item, people = int(desk.scene.ids["in_review"]), desk.scene.people
    approve = desk.press(people[Role.APPROVER], f"/items/{item}/review", decision="approved")
    back = desk.press(people[Role.OFFICER], f"/items/{item}", action="/take-back")
    statuses = at_once(approve, back)
    assert sorted(statuses) == [303, 409]
    with Session(desk.engine) as session:
        stage = session.get_one(Item, item).stage
    assert stage is (Stage.APPROVED if statuses[0] == 303 else Stage.DRAFTING)
    assert desk.count(Approval, Approval.sha256.is_not(None)) == 1 + (statuses[0] == 303)


def test_a_piece_is_approved_once(desk: Desk, visit: Visit, engine: Engine) -> None:
    item, person = int(desk.scene.ids["in_review"]), desk.scene.people[Role.APPROVER]
    before = desk.count(Approval)
    page = f"/items/{item}/review"
    presses = [desk.press(person, page, decision="approved") for _ in range(3)]
    assert sorted(at_once(*presses)) == [303, 409, 409]
    assert desk.count(Approval) == before + 1


def test_a_piece_is_sent_up_once(desk: Desk) -> None:
    item, people = int(desk.scene.drafts["item_id"]), desk.scene.people
    page, reviewer = f"/items/{item}/submit", str(people[Role.APPROVER].id)
    presses = [desk.press(people[role], page, reviewer=reviewer) for role in (Role.OFFICER, Role.COORDINATOR)]
    assert sorted(at_once(*presses)) == [303, 409]
    assert desk.count(AuditEntry, AuditEntry.action == "item.submit") == 1


def test_one_moment_is_booked_once(desk: Desk) -> None:
    page, person = desk.path("/items/{item_id}/slots/new"), desk.scene.people[Role.OFFICER]
    before, wall = desk.count(Slot), f"{clock.local(clock.now()) + timedelta(days=3):%Y-%m-%dT%H:%M}"
    presses = [desk.press(person, page, due_at=wall) for _ in range(3)]
    assert sorted(at_once(*presses)) == [303, 409, 409]
    assert desk.count(Slot) == before + 1
    assert all(wall in one.text for one in desk.answers if one.status_code == 409)


def test_the_first_booking_of_a_piece_is_made_by_two_for_two_moments(desk: Desk, engine: Engine) -> None:
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        item = make_item(session, stage=Stage.APPROVED)
        session.commit()
    page, person = f"/items/{item.id}/slots/new", desk.scene.people[Role.COORDINATOR]
    walls = [f"{clock.local(clock.now()) + timedelta(days=day):%Y-%m-%dT%H:%M}" for day in (3, 4)]
    assert at_once(*(desk.press(person, page, due_at=wall) for wall in walls)) == [303, 303]


def test_a_slot_is_cancelled_or_held_and_never_both(desk: Desk) -> None:
    page, person = desk.path("/slots/{slot_id}"), desk.scene.people[Role.OFFICER]
    cancel = desk.press(person, page, action="/cancel")
    hold = desk.press(person, page, action="/hold", reason="Chờ lãnh đạo cho ý kiến")
    statuses = at_once(cancel, hold)
    assert sorted(statuses) == [303, 409]
    with Session(desk.engine) as session:
        state = session.get_one(Slot, desk.scene.ids["slot_id"]).state
    assert state is (SlotState.CANCELLED if statuses[0] == 303 else SlotState.ON_HOLD)


def test_a_slot_is_cancelled_or_claimed_and_never_both(desk: Desk, engine: Engine) -> None:
    slot_id = int(desk.scene.ids["slot_id"])
    with Session(engine.execution_options(write=True)) as session:
        session.get_one(Slot, slot_id).not_before = clock.now() - timedelta(seconds=1)
        session.commit()
    cancel = desk.press(desk.scene.people[Role.OFFICER], desk.path("/slots/{slot_id}"), action="/cancel")
    statuses = at_once(cancel, lambda: len(claim(engine, owner="a", now=clock.now(), limit=9)))
    with Session(engine) as session:
        state = session.get_one(Slot, slot_id).state
    assert (statuses, state) in (([303, 0], SlotState.CANCELLED), ([409, 1], SlotState.LEASED))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR])
def test_a_text_changed_while_it_is_being_sent_is_held_or_was_out_before(
    desk: Desk, engine: Engine, role: Role
) -> None:
    slot_id, item = int(desk.scene.ids["slot_id"]), desk.path("/items/{item_id}/edit")
    with Session(engine.execution_options(write=True)) as session:
        slot = session.get_one(Slot, slot_id)
        slot.not_before = slot.due_at = clock.now() - timedelta(seconds=1)
        approved = slot.revision_id
        session.commit()
    hand = deliver.Hand(Wire(engine, "https://loa.example.vn"), CHANNELS, clock.now)
    taken = claim(engine, owner="a", now=clock.now(), limit=1)

    def send() -> int:
        if role is Role.COORDINATOR:
            time.sleep(0.25)
        deliver.deliver(hand, taken[0])
        return 0

    save = desk.press(desk.scene.people[role], item, body="Bản sửa sau khi duyệt.")
    assert at_once(save, send)[0] == 303
    with Session(engine) as session:
        slot = session.get_one(Slot, slot_id)
        assert slot.state in {SlotState.ON_HOLD, SlotState.PUBLISHED}
        if slot.state is SlotState.PUBLISHED:
            assert slot.revision_id == approved
            assert slot.published_at is not None


def test_a_plan_is_confirmed_once(desk: Desk) -> None:
    page, person = desk.path("/plans/uploads/{upload_id}"), desk.scene.people[Role.COORDINATOR]
    before = desk.count(Plan)
    statuses = at_once(*(desk.press(person, page, action="/confirm") for _ in range(2)))
    assert set(statuses) <= {303, 409}
    assert 303 in statuses
    assert desk.count(Plan) == before + 1


def test_a_publication_is_matched_by_one(desk: Desk) -> None:
    page, people = desk.path("/publications/{publication_id}"), desk.scene.people
    presses = [
        desk.press(people[Role.OFFICER], page, action="/match", themes=[]),
        desk.press(people[Role.COORDINATOR], page, action="/match", item=str(desk.scene.ids["item_id"])),
    ]
    assert sorted(at_once(*presses)) == [303, 409]
    key = desk.scene.ids["publication_id"]
    assert desk.count(Match, Match.publication_id == key) <= 2


def test_a_link_is_logged_once(desk: Desk) -> None:
    people, link = desk.scene.people, "https://bao.example.vn/mot-bai"
    typed = {"link": link, "title": "Một bài", "published_at": "2026-05-04T08:00"}
    outlet = str(desk.scene.ids["outlet_id"])
    presses = [
        desk.press(people[role], "/publications/new", **typed, outlet=outlet)
        for role in (Role.OFFICER, Role.OUTLET)
    ]
    assert sorted(at_once(*presses)) == [303, 409]
    assert desk.count(Publication, Publication.address == link) == 1


def test_a_target_is_changed_by_one(desk: Desk) -> None:
    page = desk.path("/campaigns/{campaign_id}/targets/{target_id}/edit")
    person = desk.scene.people[Role.COORDINATOR]
    assert sorted(at_once(*(desk.press(person, page, count=str(n)) for n in (7, 8)))) == [303, 409]


def test_a_target_is_changed_or_removed(desk: Desk) -> None:
    page = desk.path("/campaigns/{campaign_id}/targets/{target_id}/edit")
    person = desk.scene.people[Role.COORDINATOR]
    change = desk.press(person, page, count="9")
    remove = desk.press(person, page, action="/remove")
    statuses = at_once(change, remove)
    assert statuses in ([303, 409], [404, 303], [409, 303])
    assert desk.count(Target) == (statuses[0] == 303)


def test_a_campaign_is_archived_or_gets_a_target_and_never_both(desk: Desk) -> None:
    person, page = desk.scene.people[Role.COORDINATOR], desk.path("/campaigns/{campaign_id}")
    archive = desk.press(person, page, action="/archive")
    add = desk.press(person, f"{page}/targets/new", count="3", due_on="2026-06-30")
    statuses = at_once(archive, add)
    with Session(desk.engine) as session:
        archived = session.get_one(Campaign, desk.scene.ids["campaign_id"]).archived_at is not None
    assert statuses in ([303, 409], [303, 303], [409, 303])
    assert archived is (statuses[0] == 303)
    assert desk.count(Target) == 1 + (statuses[1] == 303)


@pytest.mark.parametrize(
    "page",
    [
        "/campaigns/{campaign_id}/edit",
        "/campaigns/{campaign_id}/series/{series_id}/edit",
        "/themes/{theme_id}/edit",
        "/outlets/{outlet_id}/edit",
        "/documents/{document_id}/edit",
        "/publications/{publication_id}/edit",
        "/items/{item_id}/details",
        "/plans/uploads/{upload_id}/edit/document",
        "/occasions/{occasion_id}/edit",
        "/days-off/{day_off_id}/edit",
        "/occasions/{occasion_id}/occurrences/{occurrence_id}/slogan",
        "/campaigns/{campaign_id}/steps/{milestone_id}/edit",
    ],
)
def test_a_shared_thing_is_changed_by_one_and_the_other_keeps_the_words(desk: Desk, page: str) -> None:
    path, person = desk.path(page), desk.scene.people[Role.COORDINATOR]
    fields = {"documents": "subject", "publications": "title", "items": "title", "plans": "title"}
    fields |= {"slogan": "slogan", "steps": "note"}
    field = next((fields[part] for part in path.split("/") if part in fields), "name")
    presses = [desk.press(person, path, **{field: f"Tên mới thứ {n}"}) for n in (1, 2)]
    statuses = at_once(*presses)
    assert sorted(statuses) == [303, 409]
    refused = next(one for one in desk.answers if one.status_code == 409)
    assert f"Tên mới thứ {1 + statuses.index(409)}" in refused.text


def test_a_day_is_moved_or_cancelled_and_never_both(desk: Desk) -> None:
    person = desk.scene.people[Role.COORDINATOR]
    page = desk.path("/occasions/{occasion_id}/occurrences/{occurrence_id}")
    with Session(desk.engine) as session:
        day = session.get_one(Occurrence, desk.scene.ids["occurrence_id"]).held_on
    move = desk.press(person, f"{page}/move", held_on=(day + timedelta(days=2)).isoformat())
    cancel = desk.press(person, f"{page}/cancel", reason="Hoãn vì bão")
    statuses = at_once(move, cancel)
    assert sorted(statuses) == [303, 409]
    with Session(desk.engine) as session:
        after = session.get_one(Occurrence, desk.scene.ids["occurrence_id"])
        assert (after.held_on != day) is (statuses[0] == 303)
        assert (after.cancelled_at is not None) is (statuses[1] == 303)


def test_a_thing_of_one_name_is_made_once(desk: Desk) -> None:
    person = desk.scene.people[Role.COORDINATOR]
    presses = [desk.press(person, "/themes/new", name="Chuyển đổi số ở xã") for _ in range(2)]
    assert sorted(at_once(*presses)) == [303, 409]
    assert desk.count(Theme, Theme.name == "Chuyển đổi số ở xã") == 1


def test_a_piece_is_placed_once(desk: Desk, engine: Engine) -> None:
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        item = make_item(session, title="Một tin rời", planned_on=None)
        session.commit()
    page, person = desk.path("/campaigns/{campaign_id}/items/place"), desk.scene.people[Role.COORDINATOR]
    presses = [desk.press(person, page, item=str(item.id), series="") for _ in range(2)]
    assert sorted(at_once(*presses)) == [303, 409]
    assert desk.count(Placement, Placement.item_id == item.id) == 1


def test_a_channel_is_switched_off_while_a_piece_is_booked_on_it(desk: Desk, engine: Engine) -> None:
    channels = desk.press(desk.scene.people[Role.ADMINISTRATOR], "/channels", action="/switch")
    wall = f"{clock.local(clock.now()) + timedelta(days=3):%Y-%m-%dT%H:%M}"
    book = desk.press(desk.scene.people[Role.OFFICER], desk.path("/items/{item_id}/slots/new"), due_at=wall)
    statuses = at_once(channels, book)
    assert statuses[0] == 303
    assert statuses[1] in {303, 409, 422}
    assert desk.count(Channel, Channel.is_active) == 0


def test_a_person_is_invited_once(desk: Desk, engine: Engine) -> None:
    person = desk.scene.people[Role.ADMINISTRATOR]
    typed = {"name": "Lê Thị Mới", "email": "moi@vidu.vn", "role": "officer"}
    presses = [desk.press(person, "/people/new", **typed) for _ in range(2)]
    statuses = sorted(at_once(*presses))
    assert statuses[1] in {409, 422}
    assert desk.count(Person, Person.email == "moi@vidu.vn") == 1


def test_the_first_administrator_is_made_once(app: Flask, engine: Engine, visit: Visit) -> None:
    from app.accounts.links import make_link  # noqa: PLC0415
    from app.db import transaction  # noqa: PLC0415

    with transaction(engine) as session:
        link = f"/link/{make_link(session, None, now=clock.now())}"
    visitors = [visit(None) for _ in range(2)]
    typed = {"organisation": "Sở Một", "name": "Trần Văn Quản", "password": "một câu dễ nhớ 2026"}
    for visitor in visitors:
        visitor.get(link)
    statuses = at_once(
        *(
            lambda visitor=visitor, n=n: visitor.post(link, {**typed, "email": f"q{n}@vidu.vn"}).status_code
            for n, visitor in enumerate(visitors)
        )
    )
    assert statuses.count(303) == 1
    assert max(statuses) < 500
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_two_writers_of_the_same_row_meet_no_deadlock_that_shows(desk: Desk, engine: Engine) -> None:
    people = [desk.scene.people[Role.COORDINATOR]]
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        people += [make_person(session, Role.COORDINATOR) for _ in range(3)]
        session.commit()
    page = desk.path("/campaigns/{campaign_id}/targets/new")
    presses = [desk.press(one, page, count="2", due_on="2026-06-30") for one in people]
    assert at_once(*presses) == [303] * 4
    assert desk.count(Target) == 5


def test_a_found_publication_is_confirmed_or_dismissed_and_never_both(desk: Desk) -> None:
    people, queue = desk.scene.people, "/publications/queue"
    yes = desk.press(people[Role.OFFICER], queue, action="/confirm")
    no = desk.press(people[Role.COORDINATOR], queue, action="/dismiss")
    assert sorted(at_once(yes, no)) == [303, 409]
    decided = Publication.status.in_((PublicationStatus.CONFIRMED, PublicationStatus.DISMISSED))
    assert desk.count(Publication, decided) == 1
    assert desk.count(AuditEntry, AuditEntry.action.in_(("publication.match", "publication.dismiss"))) == 1


def test_two_documents_never_replace_each_other(desk: Desk, engine: Engine) -> None:
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        one, other = (make_document(session, f"{number}/KH-UBND") for number in (1, 2))
        session.commit()
    person = desk.scene.people[Role.COORDINATOR]
    presses = [
        desk.press(
            person, f"/documents/{source.id}/links/new", kind="replaces", other=target.number, picked=""
        )
        for source, target in ((one, other), (other, one))
    ]
    assert sorted(at_once(*presses)) == [303, 409]
    assert desk.count(DocumentLink, DocumentLink.kind == LinkKind.REPLACES) == 1


def test_a_link_is_removed_once(desk: Desk) -> None:
    page = desk.path("/documents/{document_id}")
    remove = desk.path("/documents/{document_id}/links/{link_id}/remove")
    presses = [desk.press(desk.scene.people[Role.COORDINATOR], page, action=remove) for _ in range(2)]
    statuses = sorted(at_once(*presses))
    assert statuses[0] == 303
    assert statuses[1] in {404, 409}
    assert desk.count(AuditEntry, AuditEntry.action == "document.unlink") == 1


def test_a_plan_is_turned_into_work_once_and_the_second_officer_is_told(desk: Desk) -> None:
    page, before = desk.path("/plans/{plan_id}/work"), desk.count(Campaign)
    with Session(desk.engine.execution_options(write=True), expire_on_commit=False) as session:
        second = make_person(session, Role.COORDINATOR)
        session.commit()
    mine, theirs = (desk.press(who, page) for who in (desk.scene.people[Role.COORDINATOR], second))
    assert sorted(at_once(mine, theirs)) == [303, 409]
    assert desk.count(Campaign) == before + 1
    assert any("Vừa có người lập" in unescape(one.text) for one in desk.answers)


def test_of_two_choices_of_themes_one_stays(desk: Desk) -> None:
    page, person = desk.path("/plans/{plan_id}/themes"), desk.scene.people[Role.COORDINATOR]
    presses = [desk.press(person, page, added=name) for name in ("Chủ đề một", "Chủ đề hai")]
    assert sorted(at_once(*presses)) == [303, 409]
    asked = (Theme.name.in_(["Chủ đề một", "Chủ đề hai"]),)
    assert desk.count(Theme, *asked) == 1  # whoever came second left nothing behind
    assert "Hiện nay: " in next(unescape(one.text) for one in desk.answers if one.status_code == 409)
