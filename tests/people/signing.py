"""How somebody signs in in these tests."""

import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from profiles.editorial import second_factor
from profiles.models import AuditEntry

PASSWORD = "correct horse"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def code_of(device, step=0):
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * step
    return f"{totp.token():06d}"


def sign_in(client, name, password=PASSWORD, **typed):
    return client.post(
        "/admin/login/", {"username": name, "password": password, **typed}, headers={"User-Agent": FIREFOX}
    )


def enrolled(user):
    """An account with its second factor set up, and its recovery codes."""
    device = second_factor.device_to_confirm(user, "a session")
    _, codes = second_factor.confirm(user, code_of(device, -1), "a session")
    return TOTPDevice.objects.get(user=user), codes


def acts(*names):
    return list(AuditEntry.objects.filter(act__in=names).order_by("pk").values_list("act", flat=True))
