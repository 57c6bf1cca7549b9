"""The second factor: time-based codes (RFC 6238) from an app, and ten recovery codes, each good for once.

Whoever may approve, or manage people, or is a superuser, needs it before the desk opens. Demonstration accounts are
exempt, but not on a server in production. The database keeps only the SHA-256 of a recovery code (80 random bits).
"""

from base64 import b32encode
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from profiles.editorial.audit import record
from profiles.editorial.edit import Refused
from profiles.models import User

RECOVERY_CODES = 10
_ASKS_FOR_IT = ("profiles.approve_review", "profiles.add_user", "profiles.change_user", "profiles.view_auditentry")


def needs_second_factor(user: User) -> bool:
    """Whether the desk stays shut to this account without a second factor."""
    if user.demonstration and not settings.PRODUCTION:
        return False
    return user.is_superuser or any(user.has_perm(permission) for permission in _ASKS_FOR_IT)


def device_of(user: User) -> TOTPDevice | None:
    """The app that somebody has set up; one query."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return found


def device_to_confirm(user: User, session: str) -> TOTPDevice:
    """The device that a session (by its key) is setting up, made where there is none. Refused if one is set up.

    Each session has a secret of its own: who knew the password before its owner has not seen theirs.
    """
    if device_of(user):
        raise Refused("Your second factor is set up already. An administrator can reset it.")
    name = f"app, {sha256(session.encode()).hexdigest()[:20]}"
    device: TOTPDevice = TOTPDevice.objects.get_or_create(user=user, confirmed=False, name=name)[0]
    return device


def secret_of(device: TOTPDevice) -> str:
    """The secret as an app takes it by hand: base32, in groups of four."""
    secret = b32encode(device.bin_key).decode()
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def confirm(user: User, code: str, session: str) -> tuple[TOTPDevice, list[str]]:
    """Set the second factor up with the first code that the app shows; returns it and the recovery codes."""
    with transaction.atomic():
        device = device_to_confirm(user, session)
        device = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        good = device.verify_token(_tidy(code))
        if good:
            device.confirmed, device.name = True, "app"
            device.save()
            TOTPDevice.objects.filter(user=user, confirmed=False).delete()
            record("second_factor_set", by=user, account=user)
            codes = make_recovery_codes(user)
    if not good:
        raise Refused("This is not the code of now. Look at the app's clock, and type the code it shows.")
    return device, codes


def make_recovery_codes(user: User) -> list[str]:
    """New recovery codes in the place of the old ones; they are told here and never again."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery codes")
        codes = [b32encode(token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create([StaticToken(device=device, token=_kept(code)) for code in codes])
        record("recovery_codes_made", by=user, account=user)
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are good still; one query."""
    return StaticToken.objects.filter(device__user=user).count()


def verify(user: User, code: str) -> Any:
    """The device that a code proves: six digits of the app, or a recovery code, which is used up.

    Refused for a wrong code. After each wrong one the wait until the next doubles.
    """
    typed = _tidy(code)
    digits = typed.isdecimal() and len(typed) == 6
    model, token = (TOTPDevice, typed) if digits else (StaticDevice, _kept(typed))
    with transaction.atomic():
        device = model.objects.select_for_update().filter(user=user, confirmed=True).first()
        allowed = device is not None and device.verify_is_allowed()[0]
        good = device is not None and device.verify_token(token)
        if good and not digits:
            record("recovery_code_used", by=user, account=user)
        elif not good and allowed:
            record("code_failed", by=user, account=user)
    if good:
        return device
    if device is not None and not allowed:
        raise Refused("Too many wrong codes: wait a little, then try again.")
    raise Refused("This code is wrong, or was used already.")


def forget(user: User) -> bool:
    """Take somebody's second factor and recovery codes away; whether there were any."""
    taken = [device.objects.filter(user=user).delete()[0] for device in (TOTPDevice, StaticDevice)]
    return any(taken)


def _tidy(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _kept(code: str) -> str:
    return sha256(code.encode()).hexdigest()[:16]
