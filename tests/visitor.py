"""Somebody at the pages: a test client that signs in through the table of sessions and sends real CSRF tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app import clock
from app.accounts.models import Person
from app.accounts.sign_in import start_sign_in
from app.db import transaction

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Visitor:
    """One browser. Without a person it is signed out."""

    def __init__(self, app: Flask, engine: Engine, person: Person | None) -> None:
        self.client = app.test_client()
        self._token = ""
        if person is not None:
            with transaction(engine) as session:
                token = start_sign_in(session, person, address="127.0.0.1", agent="test", now=clock.now())
            with self.client.session_transaction() as cookie:
                cookie["_user_id"] = token
                cookie["_fresh"] = True

    def get(self, url: str, **options: Any) -> TestResponse:
        """Open a page; remembers its CSRF token."""
        answer = self.client.get(url, **options)
        if found := _TOKEN.search(answer.text if answer.mimetype == "text/html" else ""):
            self._token = found[1]
        return answer

    def post(self, url: str, data: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form as a browser does, with the token of the page it stands on."""
        if not self._token:
            self.get(
                "/sign-in", follow_redirects=True
            )  # whoever is signed in is led home, where a token is too
        return self.client.post(url, data={"csrf_token": self._token, **(data or {})}, **options)
