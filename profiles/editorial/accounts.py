"""Roles of the desk, and the one table that says what each may do: it makes the roles and docs/permissions.md."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import transaction

from profiles.models import User

ROLES = {
    "contributor": "writes drafts, and captures sources; somebody else puts them up for review",
    "editor": "writes drafts, puts them up for review, takes down what must not stay",
    "reviewer": "decides on what others wrote, and takes down what must not stay",
    "administrator": "makes accounts, gives roles, reads the audit log; sees no draft and approves nothing",
}

# Rows that a contributor or an editor may add, change and delete in the admin.
_EDITED = (
    "profile", "group", "person", "event", "claim", "name", "identifier", "membership", "relation", "part", "presence",
    "strength", "designation", "step", "statement", "silence", "picture", "citation", "attribution", "translation",
    "claimlink", "source", "speaker", "authority", "programme", "place",
)  # fmt: skip
_SEEN = ("sourceversion", "revision", "review", "publication", "edition")


@dataclass(frozen=True, slots=True)
class Right:
    """One row of the table: what may be done, the permissions that it needs, and the roles that have it."""

    name: str
    what: str
    codenames: tuple[str, ...]
    roles: tuple[str, ...]


_WRITERS = ("contributor", "editor")
RIGHTS = (
    Right(
        "read",
        "See drafts, sources with their texts, revisions, reviews, publications and editions",
        tuple(f"view_{model}" for model in (*_EDITED, *_SEEN)),
        ("contributor", "editor", "reviewer"),
    ),
    Right(
        "change",
        "Write, change and revert drafts; delete those that no review ever named",
        tuple(f"{act}_{model}" for model in _EDITED for act in ("add", "change", "delete")),
        _WRITERS,
    ),
    Right("capture", "Capture a new version of a source", ("add_sourceversion",), _WRITERS),
    Right(
        "stage",
        "Stage files of documents, and accept what is staged into a review",
        # Accepting opens nothing that the opener of reviews may not open.
        ("open_review",),
        ("editor",),
    ),
    Right("open_review", "Put changes up for review, and take one's own review back", ("open_review",), ("editor",)),
    Right(
        "approve",
        "Approve reviews of what others opened and wrote, or send them back",
        ("approve_review",),
        ("reviewer",),
    ),
    Right("take_down", "Retract, withdraw and redact at once", ("take_down",), ("editor", "reviewer")),
    Right(
        "report",
        "Read what readers report and how to reach them, answer it and close it",
        ("view_report", "handle_report"),
        ("editor", "reviewer"),
    ),
    Right(
        "look",
        "Say of a profile, an allegation or a review sent back: looked at, nothing to change",
        ("add_look",),
        ("editor", "reviewer"),
    ),
    Right(
        "manage_people",
        "Make accounts, give roles, deactivate, unlock, set a password, reset a second factor, end sessions",
        ("view_user", "add_user", "change_user"),
        ("administrator",),
    ),
    Right("read_audit_log", "Read the audit log and export it", ("view_auditentry",), ("administrator",)),
)


@transaction.atomic
def ensure_roles() -> dict[str, Group]:
    """Make a group for every role with the permissions of the table; safe to run twice."""
    made = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    ours = Permission.objects.filter(content_type__app_label="profiles").values_list("codename", "pk")
    wanted = {
        (made[role].pk, permission)
        for codename, permission in ours
        for right in RIGHTS
        if codename in right.codenames
        for role in right.roles
    }
    given = Group.permissions.through.objects.filter(group__in=made.values())
    there = {(one.group_id, one.permission_id): one.pk for one in given}
    fresh = [given.model(group_id=group, permission_id=one) for group, one in sorted(wanted - there.keys())]
    given.filter(pk__in=[pk for pair, pk in there.items() if pair not in wanted]).delete()
    # Another process may do the same at this moment.
    given.model.objects.bulk_create(fresh, ignore_conflicts=True)
    return made


def has_right(user: User | AnonymousUser, name: str) -> bool:
    """Whether an account has all that a right of the table needs."""
    right = next(one for one in RIGHTS if one.name == name)
    allowed: bool = user.is_active and user.has_perms([f"profiles.{codename}" for codename in right.codenames])
    return allowed


def permission_table() -> str:
    """The table in Markdown, as docs/permissions.md has it."""
    head = f"| | {' | '.join(ROLES)} |\n|---|{':---:|' * len(ROLES)}\n"
    rows = (f"| {right.what} | {' | '.join('yes' if r in right.roles else '' for r in ROLES)} |\n" for right in RIGHTS)
    return head + "".join(rows)
