"""Roles of the desk: what an editor and a reviewer may do."""

from django.contrib.auth.models import Group, Permission

# Rows that an editor may add, change and delete in the admin.
_EDITED = (
    "profile", "group", "person", "event", "claim", "name", "identifier", "membership", "relation", "part", "presence",
    "strength", "designation", "step", "statement", "silence", "citation", "attribution", "translation", "claimlink",
    "source", "speaker", "authority", "programme", "place",
)  # fmt: skip
_SEEN = ("sourceversion", "revision", "review", "publication", "edition")


def ensure_roles() -> dict[str, Group]:
    """Make the groups "editor" and "reviewer" with their permissions; safe to run twice."""
    wanted = {f"{act}_{model}" for model in _EDITED for act in ("view", "add", "change", "delete")}
    seen = {f"view_{model}" for model in (*_EDITED, *_SEEN)}
    roles = {
        "editor": wanted | seen | {"open_review", "take_down"},
        "reviewer": seen | {"approve_review", "take_down"},
    }
    made = {}
    for name, codenames in roles.items():
        made[name], _ = Group.objects.get_or_create(name=name)
        made[name].permissions.set(
            Permission.objects.filter(content_type__app_label="profiles", codename__in=codenames)
        )
    return made
