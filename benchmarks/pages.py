"""What readers ask for: under load, and made for the first time after a publication; rendering, export, size."""

from collections.abc import Iterator
from statistics import median

from benchmarks import data
from benchmarks.serving import Rate, Server, load, server
from benchmarks.telling import NAMES, say, step

NAIVE = "benchmarks.naive.settings"
FILTERED = "/groups/?kind=armed_group&designated_by=auth-0001&since=1990"
# Made on request: what the first reader after a publication waits for.
FIRSTS = {
    "home": "/",
    "groups": "/groups/",
    "groups of a kind": "/groups/?kind=armed_group",
    "groups by authority": "/groups/?designated_by=auth-0001",
    "groups since a year": "/groups/?since=1990",
    "groups, three filters": FILTERED,
    "people": "/people/",
    "events": "/events/",
    "claims": "/claims/",
    "claims of a topic": "/claims/?topic=strength",
    "claims of a topic and voice": "/claims/?topic=strength&voice=attributed",
    "claims of a speaker": "/claims/?speaker=spk-0002",
    "claims on a date": "/claims/?on=2010&then=certainly",
    "register": "/designations/",
    "register by authority": "/designations/?authority=auth-0001",
    "register since a year": "/designations/?since=2010",
    "register on a date": "/designations/?on=2010",
    "matrix": "/designations/matrix/",
    "matrix on a date": "/designations/matrix/?on=2010",
    "sources": "/sources/",
    "a source": "/sources/who-is-who-1/",
    "search for a name": "/search/?q=River+Guards",
    "search for words": "/search/?q=closed+to+foreign+ships",
    "publications": "/publications/",
    "a publication": "/publications/1/",
    "corrections": "/corrections/",
    "feed of changes": "/changes.atom",
    "feed of corrections": "/corrections/changes.atom",
    "API: claims": "/api/claims?topic=strength",
    "API: designations": "/api/designations?authority=auth-0001",
    "index of the sitemap": "/sitemap.xml",
}


def pages(kind: str, urls: dict[int, str], rounds: int, seconds: int, export: int) -> None:
    """Every table of pages on one database; `urls` are filled databases by number of profiles."""
    under_load(kind, urls, rounds, seconds)
    firsts(kind, urls, rounds)
    rendering(kind, urls, rounds, export)
    sizes_of(kind, urls[max(urls)])


def under_load(kind: str, urls: dict[int, str], rounds: int, seconds: int) -> None:
    """Requests a second and CPU for each, of every page at every size, in turns."""
    found: dict[str, dict[int, list[Rate]]] = {}
    lengths: dict[str, int] = {}
    slugs = {size: list(step(url, "slugs")["slugs"]) for size, url in urls.items()}
    for _ in range(rounds):
        for size, url in urls.items():
            for name, length, rate in _asked(url, slugs[size], seconds):
                found.setdefault(name, {}).setdefault(size, []).append(rate)
                lengths[name] = length
    say(f"\n### Pages on {NAMES[kind]}: requests a second (ms of CPU for each)\n")
    say("| page | bytes sent | " + " | ".join(f"{n:,} profiles" for n in urls) + " | x bare by rate, by CPU | growth |")
    say("|---|---|" + "---|" * (len(urls) + 2))
    first, last = min(urls), max(urls)
    rates = {name: {size: middle(some) for size, some in sizes.items()} for name, sizes in found.items()}
    bare = rates["bare view"][last]
    for name, row in rates.items():
        cells = " | ".join(f"{row[size].a_second:,.0f} ({row[size].cpu_ms:.2f})" for size in urls)
        by_rate, by_cpu = row[last].a_second / bare.a_second, bare.cpu_ms / row[last].cpu_ms
        growth = row[last].cpu_ms / row[first].cpu_ms
        say(f"| {name} | {lengths[name]:,} | {cells} | {by_rate:.2f}, {by_cpu:.2f} | {growth:.2f} |")


def _asked(url: str, slugs: list[str], seconds: int) -> Iterator[tuple[str, int, Rate]]:
    """Everything once: (name, bytes sent, rate)."""
    page, compare = f"/groups/{slugs[0]}/", "/compare/?" + "&".join(f"with={slug}" for slug in slugs[:3])
    bare = f"/bare/?path={page}"
    with server(url, NAIVE) as made:
        warmed(made, bare, page)
        for name, path in (
            ("bare view", bare),
            ("profile page, before Django", page),
            ("naive page of rows", f"/naive/{slugs[0]}/"),
            ("compare page of three", compare),
            ("filtered list", FILTERED),
            ("list of groups", "/groups/"),
            ("claims of a topic", "/claims/?topic=strength"),
            ("register", "/designations/"),
            ("home", "/"),
        ):
            yield name, *_loaded(made, path, seconds)
        etag = made.get(page)[2]
        yield "304 of the profile page", 0, load(made, page, seconds, status=304, If_None_Match=etag)
        yield "page of a short profile", *_loaded(made, f"/groups/{slugs[3]}/", seconds)
    with server(url, NAIVE, BENCHMARK_DJANGO="1") as made:
        warmed(made, bare, page)
        yield "profile page, Django's view", *_loaded(made, page, seconds)
        yield "bare view again", *_loaded(made, bare, seconds)
    with server(url, NAIVE, BENCHMARK_BARE="1") as made:
        warmed(made, bare)
        yield "bare view, no middleware", *_loaded(made, bare, seconds)


def warmed(made: Server, *paths: str) -> None:
    """Let every thread of the workers do what it does once: read modules, open a connection."""
    for path in paths * 2:
        load(made, path, 1, connections=16)


def _loaded(made: Server, path: str, seconds: int) -> tuple[int, Rate]:
    return len(made.get(path)[1]), load(made, path, seconds)


def middle(rates: list[Rate]) -> Rate:
    """The medians of some rounds."""
    return Rate(median(rate.a_second for rate in rates), median(rate.cpu_ms for rate in rates))


def firsts(kind: str, urls: dict[int, str], rounds: int) -> None:
    """Pages made on request are kept till the next publication; what the first reader after it costs."""
    say(f"\n### First view after a publication on {NAMES[kind]}: ms of CPU (kB of the page)\n")
    sizes = list(urls)
    growths = [f"{sizes[-1]:,} : {size:,}" for size in sizes[:-1]]
    say("| page | " + " | ".join([*(f"{size:,} profiles" for size in sizes), *growths]) + " |")
    say("|---|" + "---|" * (len(sizes) + len(growths)))
    compare = {
        size: "/compare/?" + "&".join(f"with={slug}" for slug in step(url, "slugs")["slugs"][:3])
        for size, url in urls.items()
    }
    asked = {size: {"compare page of three": compare[size], **FIRSTS} for size in sizes}
    told = {size: step(urls[size], "first", str(rounds * 3), *asked[size].values()) for size in sizes}
    for name in asked[sizes[0]]:
        found = [told[size][asked[size][name]] for size in sizes]
        cells = [f"{ms:.1f} ({length / 1000:.0f})" for ms, length in found]
        growth = [f"{found[-1][0] / ms:.2f}" for ms, _ in found[:-1]]
        say(f"| {name} | {' | '.join([*cells, *growth])} |")


def rendering(kind: str, urls: dict[int, str], rounds: int, export: int) -> None:
    """A page made for the first time against the naive page of the same profile; all pages again; the export."""
    say(f"\n### Rendering and export on {NAMES[kind]}\n")
    last = max(urls)
    told = step(urls[last], "first_render", str(rounds * 3), data.uid_of(0), data.uid_of(3), settings=NAIVE)
    for uid, words in ((data.uid_of(0), "a long profile"), (data.uid_of(3), "a short one")):
        one = told[uid]
        say(
            f"- {words} ({one['claims']} claims, {one['bytes'] / 1000:.0f} kB): page made from its documents and packed"
            f" {one['page']:.1f} ms of CPU (page, JSON and rows of a publication {one['all']:.1f}); the naive page"
            f" {one['naive']:.1f}, packed {one['naive_packed']:.1f}: {one['page'] / one['naive_packed']:.2f} of it"
        )
    size = max((size for size in urls if size <= export), default=min(urls))
    told = step(urls[size], "render_all")
    say(
        f"- render_pages: {told['profiles']:,} profiles in {told['seconds']:.0f} s, {told['ms'] / 1000:.0f} s of CPU,"
        f" {told['ms'] / told['profiles']:.1f} ms each; 10,000 on one core: {told['ms'] / told['profiles'] * 10:.0f} s"
    )
    # Of everything, pages made on request are the most: the rate is the same at any size.
    for part, words, number in (("stored", "stored pages", size), ("whole", "everything", min(urls))):
        one = step(urls[number], "export", part)
        say(
            f"- export_site at {number:,} profiles, {words}: {one['files']:,} files of {one['bytes'] / 1e6:.1f} MB,"
            f" {one['seconds']:.1f} s, {one['ms'] / 1000:.1f} s of CPU; writing the same bytes {one['write']:.1f} s,"
            f" {one['write_ms'] / 1000:.1f} s of CPU: {one['write'] / one['seconds']:.2f} of that rate"
        )


def sizes_of(kind: str, url: str) -> None:
    """What each thing adds to the database. Last: it publishes."""
    say(f"\n### Size on {NAMES[kind]}\n")
    told = step(url, "growth", "200")
    whole, drafts = told["size"] / told["claims"], told["drafts"] / told["claims"]
    say(f"- bytes a claim: {whole:,.0f}, of which {drafts:,.0f} are draft rows; the rest documents, history, pages")
    say(
        f"- bytes a revision of one claim: {told['revision']:,.0f} (a save takes {told['seconds'] / 200 * 1000:.1f} ms)"
    )
    for words, uid in (("a short profile", "short"), ("a long one", "long")):
        say(f"- bytes a publication of one changed claim of {words} adds: {told[uid]:,.0f}")
