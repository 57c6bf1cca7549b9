"""How tests live with the guards: what empties the database after a test takes them down meanwhile."""

from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import TransactionTestCase

from profiles.models.guards import guards_down


@pytest.fixture(scope="session", autouse=True)
def flush_past_guards():
    """Tests with transactions of their own, and those with a live server, leave by a flush."""
    flush = TransactionTestCase._fixture_teardown

    def flush_with_guards_down(case):
        with ExitStack() as stack:
            for alias in case._databases_names(include_mirrors=False):
                stack.enter_context(guards_down(connections[alias]))
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_with_guards_down)
        yield
