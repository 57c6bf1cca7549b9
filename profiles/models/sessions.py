"""Sessions of the desk: Django's table of sessions, which knows whose each one is. SESSION_ENGINE names this module.

No address and no full user agent is kept: the browser's family tells somebody's own sessions apart.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

# What sign-in writes into a session for its row.
AGENT, BEGUN = "agent", "begun"


class DeskSession(AbstractBaseSession):
    """One session. Its key is a secret, so screens name it by `name`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    agent = models.CharField(max_length=40, blank=True, default="")
    begun = models.DateTimeField(null=True)

    objects = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """The engine that reads and writes these rows."""
        return SessionStore

    @property
    def name(self) -> str:
        """What tells this session from others without giving its key away."""
        return sha256(self.session_key.encode()).hexdigest()[:20]

    @property
    def seen(self) -> datetime:
        """When it was last used, to a minute."""
        return self.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with their owner in a column."""

    @classmethod
    def get_model_class(cls) -> type[DeskSession]:
        """The table."""
        return DeskSession

    def create_model_instance(self, data: dict[str, Any]) -> DeskSession:
        """The row for this session's data."""
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.agent = data.get(AGENT, "")
        row.begun = datetime.fromisoformat(data[BEGUN]) if BEGUN in data else None
        return row
