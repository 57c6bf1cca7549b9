"""Capture a source: from a file, a text or an address."""

import sys
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from profiles.editorial.capture import Raw, capture, raw_file
from profiles.editorial.edit import Refused
from profiles.editorial.fetch import FetchError, fetch
from profiles.models import Source


class Command(BaseCommand):
    help = "Pin a text as the next version of a source; text and raw bytes stay private."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="The source's slug.")
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--file", type=Path, help="A file: .html is read as a page, the rest as plain text.")
        way.add_argument("--text", type=Path, help="A file of plain text; - reads standard input.")
        way.add_argument("--url", help="An http or https address of the public web.")
        parser.add_argument("--stamp", default="", help="The publisher's own date line: 2025-04-07T17:22.")
        parser.add_argument("--stamp-zone", default="", help="Its time zone, where it is known.")
        parser.add_argument("--retrieved", default="", help="UTC day of retrieval (today).")
        parser.add_argument("--archive-url", default="", help="Where an archive keeps it.")
        parser.add_argument("--note", default="")

    def handle(self, **options):
        source = Source.objects.filter(slug=options["slug"]).first()
        if source is None:
            raise CommandError(f"There is no source with the slug {options['slug']}.")
        values = {name: options[name] for name in ("stamp", "stamp_zone", "retrieved", "archive_url", "note")}
        try:
            made = capture(source, self.raw(options), **values)
        except (Refused, FetchError) as error:
            raise CommandError(str(error)) from error
        version = made.version
        told = f"{version.text_length:,} code points in {version.paragraphs} paragraphs, text {version.text_sha256}"
        if made.new:
            self.stdout.write(f"{version.pk} is new: {told}.")
        else:
            attached = "its text is at hand now" if made.attached else "nothing was changed"
            self.stdout.write(f"No new version: {version.pk} has this text already ({told}); {attached}.")

    def raw(self, options):
        """The bytes to capture, and how they came."""
        try:
            if options["file"]:
                return raw_file(options["file"].read_bytes(), options["file"].name)
            if options["text"]:
                dash = str(options["text"]) == "-"
                return Raw(sys.stdin.buffer.read() if dash else options["text"].read_bytes(), "text/plain", "text")
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        page = fetch(options["url"])
        return Raw(page.body, page.media_type, "url", page.charset, {"url": page.url, **page.headers})
