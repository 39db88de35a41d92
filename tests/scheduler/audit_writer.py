"""``python -m tests.scheduler.audit_writer URL``: writes and seals audit entries beside others of its kind."""

from __future__ import annotations

import sys

from app import clock
from app.audit import SystemActor, record, seal
from app.db import make_engine, transaction
from app.feature import load_models
from app.organisations.models import Organisation

if __name__ == "__main__":
    load_models()
    engine = make_engine(sys.argv[1])
    for number in range(300):
        with transaction(engine) as session:
            subject = session.get_one(Organisation, 1)
            for _ in range(3):
                details = {"number": number}
                record(session, SystemActor("Bài thử"), "item.save", subject, at=clock.now(), details=details)
        if number % 20 == 0:
            seal(engine, batch=100)
