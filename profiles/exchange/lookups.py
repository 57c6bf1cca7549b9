"""What the names in a table mean: profiles by slug, speakers and places by label, versions by their source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from profiles.exchange.columns import LISTS, LOOKED_UP
from profiles.exchange.tables import Row
from profiles.models import Authority, Capture, Place, Profile, Programme, Source, SourceVersion, Speaker
from profiles.models.documents import chunks
from profiles.values import documents as docs

# Table -> model, the attribute that names a row beside its uid.
_TABLES: dict[str, tuple[Any, str]] = {
    "profile": (Profile, "slug"),
    "speaker": (Speaker, "label"),
    "place": (Place, "label"),
    "authority": (Authority, "label"),
    "programme": (Programme, "label"),
    "source": (Source, "slug"),
}


class Unknown(ValueError):
    """A name that means nothing, or several things; the message is for the editor."""


def names_in(text: str) -> list[str]:
    """The uids or slugs of a list, whatever parts them."""
    return text.replace(",", " ").replace(";", " ").split()


def chains_in(text: str) -> list[list[str]]:
    """Chains of speakers: `a > b; c` is two."""
    chains = ([name.strip() for name in chain.split(">")] for chain in text.split(";"))
    return [chain for chain in chains if any(chain)]


class Lookups:
    """What is named in some rows, asked for at once: a handful of queries for each batch.

    `beside` are documents staged with the table, which may be named too.
    """

    def __init__(self, rows: Iterable[Row], beside: Iterable[docs.Document] = ()) -> None:
        wanted: dict[str, set[str]] = defaultdict(set)
        quoted: set[str] = set()
        for row in rows:
            for tag, name in _named(row):
                wanted[tag].add(name)
            if "quote" in row.cells or "start" in row.cells:
                quoted.add(row.cells.get("version", ""))
        self._found: dict[str, dict[str, list[str]]] = {tag: defaultdict(list) for tag in _TABLES}
        self._versions: dict[str, docs.Version | SourceVersion] = {}
        self._of_source: dict[str, list[str]] = defaultdict(list)
        for document in beside:
            self._take(document)
        for tag, names in wanted.items():
            if tag in _TABLES:
                self._ask(tag, names)
        self._ask("source", wanted["version"])
        self._ask_versions(wanted["version"])
        pinned = {uid for name in quoted for uid in self._candidates(name)}
        self.texts: dict[str, str] = {}
        for some in chunks(sorted(pinned)):
            self.texts.update(Capture.objects.filter(pk__in=some).values_list("version_id", "text"))

    def one(self, tag: str, name: str) -> str:
        """The uid that a name means in a table. Raises Unknown."""
        found = self._found[tag].get(name, [])
        if name in found or len(found) == 1:
            return name if name in found else found[0]
        if found:
            raise Unknown(f"'{name}' may mean {', '.join(sorted(found)[:5])}: write the uid")
        raise Unknown(f"there is no {tag} '{name}', neither in these files nor in the database")

    def version(self, name: str) -> docs.Version | SourceVersion:
        """The source version that a uid means, or the only one of a source. Raises Unknown."""
        found = self._candidates(name)
        if len(found) == 1:
            return self._versions[found[0]]
        if found:
            raise Unknown(f"'{name}' has {len(found)} versions: name one of {', '.join(found)}")
        raise Unknown(f"there is no source version '{name}', and no source of this name that has one")

    def _candidates(self, name: str) -> list[str]:
        if name in self._versions:
            return [name]
        return sorted(
            {version for source in self._found["source"].get(name, []) for version in self._of_source[source]}
        )

    def _take(self, document: docs.Document) -> None:
        tag = "profile" if isinstance(document, docs.PROFILES) else docs.tag_of(document)
        if isinstance(document, docs.Version):
            self._keep(document.uid, document.source, document)
        elif tag in _TABLES:
            self._name(tag, document.uid, getattr(document, _TABLES[tag][1]))

    def _name(self, tag: str, uid: str, name: str) -> None:
        for key in (uid, name):
            if uid not in self._found[tag][key]:
                self._found[tag][key].append(uid)

    def _keep(self, uid: str, source: str, version: docs.Version | SourceVersion) -> None:
        if uid not in self._versions:
            self._versions[uid] = version
            self._of_source[source].append(uid)

    def _ask(self, tag: str, names: Iterable[str]) -> None:
        table, attribute = _TABLES[tag]
        for some in chunks(sorted(names)):
            rows = table.objects.filter(Q(pk__in=some) | Q(**{f"{attribute}__in": some})).order_by()
            for uid, name in rows.values_list("pk", attribute):
                self._name(tag, uid, name)

    def _ask_versions(self, names: Iterable[str]) -> None:
        sources = {uid for found in self._found["source"].values() for uid in found}
        for some in chunks(sorted({*names, *sources})):
            for version in SourceVersion.objects.filter(Q(pk__in=some) | Q(source_id__in=some)).order_by("pk"):
                self._keep(version.pk, version.source_id, version)


def _named(row: Row) -> Iterator[tuple[str, str]]:
    for column, tag in LOOKED_UP.items():
        if text := row.cells.get(column):
            yield from ((tag, name) for name in (names_in(text) if column in LISTS else [text]))
    for chain in chains_in(row.cells.get("speakers", "")):
        yield from (("speaker", name) for name in chain)
    if text := row.cells.get("version"):
        yield "version", text
