"""Makers of documents with keyword defaults, and the short ways to load and publish them."""

import pytest

from profiles.editorial.decide import Said, decide, wanting
from profiles.editorial.edit import bring_in
from profiles.editorial.review import all_drafts, open_review
from profiles.models import files as at_hand
from profiles.values import anchors
from profiles.values import documents as docs
from tests import cast
from tests.again import again

# An article of our own: a reader's page must never need another publisher's text.
ARTICLE = anchors.normalise(
    """Who are the River Guards?

    The River Guards were founded in around 2013 by Salim Nasser in the town of Marwa.
    They are led by Salim Nasser, and have about 2,000 fighters, two officials said.
    Officials accuse Salim Nasser of ordering the shelling of Marwa in 2016.
    The harbour authority listed the River Guards in 2019.
    حراس النهر جماعة مسلحة تأسست عام 2013.
    Updated: 3 May 2024, 10:00"""
)
SALT = "0" * 32


def make_group(uid="rg", label="River Guards", slug="", kind="armed_group", **values):
    return docs.Group(uid=uid, schema=1, kind=kind, label=label, slug=slug or slug_of(label), **values)


def make_person(uid="sn", label="Salim Nasser", slug="", **values):
    return docs.Person(uid=uid, schema=1, kind="individual", label=label, slug=slug or slug_of(label), **values)


def make_event(uid="sm", label="Shelling of Marwa", slug="", kind="attack", **values):
    return docs.Event(uid=uid, schema=1, kind=kind, label=label, slug=slug or slug_of(label), **values)


def slug_of(label):
    return label.lower().replace(" ", "-")


def make_source(uid="src-0001", title="Who are the River Guards?", slug="river-guards", **values):
    return docs.Source(uid=uid, schema=1, kind="news_article", title=title, slug=slug, language="en", **values)


def make_version(uid="src-0001-v1", text=ARTICLE, stamp="2024-05-03T10:00", **values):
    return docs.Version(
        uid=uid,
        schema=1,
        source=uid.rsplit("-v", 1)[0],
        text_sha256=anchors.digest(text),
        text_length=len(text),
        paragraphs=len(text.split("\n")),
        raw_sha256=docs.sha256(text.encode()),
        raw_length=len(text.encode()),
        media_type="text/plain",
        method="text",
        retrieved="2024-06-01",
        stamp=stamp,
        **values,
    )


def make_speaker(uid="spk-0001", label="two officials", kind="official", **values):
    return docs.Speaker(uid=uid, schema=1, kind=kind, label=label, **values)


def make_authority(uid="auth-0001", label="Harbour Authority", **values):
    return docs.Authority(uid=uid, schema=1, label=label, **values)


def make_place(uid="place-0001", label="Marwa", kind="city", **values):
    return docs.Place(uid=uid, schema=1, kind=kind, label=label, **values)


def make_citation(claim, quote="The River Guards were founded in around 2013", number=1, text=ARTICLE, **values):
    """A citation of `quote` where it stands first in `text`."""
    start = text.index(quote)
    passage = anchors.pin(text, start, start + len(quote))
    defaults = {"version": "src-0001-v1", "bearing": "supports", "voice": "stated"}
    return docs.Citation(
        uid=f"{claim}-c{number}",
        text_sha256=anchors.digest(text),
        paragraph=passage.paragraph,
        start=passage.start,
        end=passage.end,
        **{"passage_sha256": passage.sha256, **defaults, **values},
    )


def make_claim(uid="rg-0001", statement="The River Guards are an armed group.", quote=None, **values):
    """A plain statement about the owner of the uid, cited to the article unless citations=() is given."""
    defaults = {
        "kind": "statement",
        "subject": uid.split("-")[0],
        "topic": "identity",
        "aspect": "type",
        "sense": "as_of",
        "voice": "stated",
        "salt": SALT,
    }
    if "citations" not in values:
        voice = {"voice": values.get("voice", "stated")}
        values["citations"] = (make_citation(uid, **({"quote": quote} if quote else {}), **voice),)
    return docs.Claim(uid=uid, schema=1, statement=statement, **{**defaults, **values})


def make_name(uid="rg-0001", name="River Guards", sort="primary", **values):
    values = {"statement": f"One name in use is {name}.", "topic": "names", "aspect": "names", **values}
    return make_claim(uid, kind="name", name=name, name_sort=sort, **values)


def make_silence(uid="rg-s01", topic="leadership", aspect="deputies", searched=("src-0001-v1",), **values):
    return docs.Silence(
        uid=uid,
        schema=1,
        subject=uid.split("-")[0],
        topic=topic,
        aspect=aspect,
        state="not_stated",
        salt=SALT,
        searched=searched,
        **values,
    )


def make_picture(uid="rg-p01", kind="emblem", alt="A blue heron above three waves.", files=None, **values):
    """A picture with all that a publication asks for; its two files are of made-up digests unless they are given."""
    if files is None:
        files = (
            docs.PictureFile(sha256="1" * 64, width=320, height=240, media_type="image/webp", bytes=900),
            docs.PictureFile(sha256="2" * 64, width=320, height=240, media_type="image/png", bytes=1200),
        )
    defaults = {"credit": "River Guards", "licence": "quotation", "url": "https://example.org/heron"}
    subject = uid.split("-")[0]
    values = {**defaults, **values}
    return docs.Picture(uid=uid, schema=1, subject=subject, kind=kind, salt=SALT, alt=alt, files=files, **values)


def made_files(width=320, height=240, seed="heron"):
    """Two files of a picture, a WebP and a PNG, whose bytes are at hand."""
    made = []
    for media_type in ("image/webp", "image/png"):
        data = f"{seed} {width} {media_type}".encode()
        file = docs.PictureFile(
            sha256=docs.sha256(data), width=width, height=height, media_type=media_type, bytes=len(data)
        )
        at_hand.keep(file, data)
        made.append(file)
    return tuple(made)


def make_ground():
    """What a cited claim about the River Guards needs: header, main name, source, version."""
    return [make_group(), make_name(), make_source(), make_version()]


def load(*documents, by=None, reason="test"):
    """Bring documents into the drafts."""
    what = ("load", documents, by and by.pk, reason)
    return again(what, lambda: bring_in(documents, by=by, reason=reason))


def publish(*documents, kind="new", note="", pages=True):
    """Bring documents in, and publish all drafts through a review by the cast.

    Without `pages` the stored pages of profiles are not rendered: for the many that only lists are to hold.
    """
    what = ("publish", documents, kind, note, pages)
    return again(what, lambda: _publish(documents, kind, note, pages))


def _publish(documents, kind, note, pages):
    from profiles.exchange.release import release
    from profiles.reading import pages as rendered

    if documents:
        load(*documents, by=cast.editor())
    review = open_review(all_drafts(), by=cast.editor(), kind=kind, note=note)
    with pytest.MonkeyPatch.context() as patch:
        if not pages:
            patch.setattr(rendered, "profile_pages", lambda dossiers, library: ())
        return release(decided(review), by=cast.reviewer())


def decided(review, by=None, verdict="supports", comment=""):
    """The review, with all decided on that needs a decision of its own."""
    said = [Said(uid, sha, verdict, comment) for uid, sha in wanting(review).items()]
    decide(review, said, by=by or cast.reviewer())
    return review
