"""What is put in again as rows is as if it had just been made."""

import pytest
from django.core.management.color import no_style
from django.db import connection

from profiles.models import Revision
from tests import cast, factory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("time", ["made", "made and kept", "put in", "put in again"])
def test_new_rows_come_after_those_put_in_whatever_the_counters_say(time):
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_by_name_sql(
            no_style(), [{"table": "profiles_revision", "column": "id"}]
        ):
            cursor.execute(sql)
    factory.load(*factory.make_ground(), by=cast.editor())
    first = Revision.objects.get()
    factory.load(factory.make_claim("rg-0777"), by=cast.editor())
    assert Revision.objects.latest("pk").pk > first.pk
