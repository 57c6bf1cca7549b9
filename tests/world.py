"""A small world of an article in two scripts, and the addresses of every type of public page that it has."""

from tests import factory


def world():
    """Two groups, a person and an event that a claim or two tie together, of an article in two scripts."""
    officials = (("spk-0001",),)
    return [
        *factory.make_ground(),
        factory.make_name("rg-0002", "حراس النهر", "original_script", language="ar", quote="حراس النهر جماعة مسلحة"),
        factory.make_claim(
            "rg-0003",
            "An article of May 2024 puts the founding of the River Guards at around 2013.",
            topic="origins", aspect="founded", when="2013~", sense="happened",
        ),
        factory.make_claim(
            "rg-0004",
            "Two officials have put the strength of the River Guards at about 2,000 fighters.",
            kind="strength", topic="strength", aspect="fighters", precision="about", low=2000, counted="fighters",
            voice="attributed",
            citations=(
                factory.make_citation("rg-0004", "have about 2,000 fighters, two officials said", voice="attributed",
                                      speakers=officials),
            ),
        ),
        factory.make_claim(
            "rg-0005", "The River Guards were listed in 2019.", kind="designation", topic="designations",
            aspect="listings", as_stated="listed", evidence="secondary", authority="auth-0001",
            quote="The harbour authority listed the River Guards in 2019",
        ),
        factory.make_claim(
            "rg-0006", "The listing dates from 2019.", kind="step", topic="designations", aspect="listings",
            designation="rg-0005", step="listed", when="2019", sense="happened",
            quote="The harbour authority listed the River Guards in 2019",
        ),
        factory.make_silence(),
        factory.make_person(),
        factory.make_name("sn-0001", "Salim Nasser", quote="Salim Nasser"),
        factory.make_claim(
            "sn-0002", "Salim Nasser leads the River Guards.", kind="membership", topic="roles", aspect="leads",
            about="rg", role="leader", quote="They are led by Salim Nasser",
        ),
        factory.make_event(),
        factory.make_claim(
            "sm-0001", "Officials accuse Salim Nasser of having “ordered” the shelling of Marwa.", kind="part",
            part="accused", about="sn", topic="attributions", aspect="accused", voice="alleged", when="2016",
            sense="happened", response="not_sought", outcome="The article gives none.",
            citations=(
                factory.make_citation("sm-0001", "Officials accuse Salim Nasser of ordering the shelling of Marwa",
                                      voice="alleged", speakers=officials),
            ),
        ),
        factory.make_group("hb", "Harbour Brigade"),
        factory.make_name("hb-0001", "Harbour Brigade"),
        factory.make_speaker(),
        factory.make_authority(),
    ]  # fmt: skip


PAGES = [
    "/", "/groups/", "/people/", "/events/", "/groups/?kind=party", "/compare/",
    "/compare/?with=river-guards&with=harbour-brigade", "/groups/?on=2016", "/claims/?on=2016&voice=stated",
    "/compare/?with=river-guards@1&with=river-guards@on:2016&on=2013&only=differences",
    "/groups/river-guards/?on=2016", "/groups/river-guards/editions/1/?on=2016",
    "/groups/river-guards/", "/groups/river-guards.json", "/people/salim-nasser/", "/events/shelling-of-marwa/",
    "/groups/river-guards/editions/", "/groups/river-guards/editions/1/",
    "/groups/river-guards.csv", "/groups/river-guards.jsonld", "/groups/river-guards.ftm.jsonl",
    "/groups/river-guards.bib", "/groups/river-guards/editions/1.ris", "/claims/rg-0004.csl.json",
    "/groups/river-guards/editions/1.json", "/corrections/", "/corrections.json", "/claims/", "/claims/rg-0004/",
    "/claims/rg-0004.json", "/claims/rg-0004/report/sent/",
    "/sources/", "/sources/river-guards/", "/designations/",
    "/designations/?on=2020&evidence=secondary", "/designations/matrix/", "/designations/matrix/?on=2019",
    "/lineage/", "/lineage/?of=river-guards",
    "/search/", "/search/?q=River+Guards", "/search/?q=%D8%AD%D8%B1%D8%A7%D8%B3", "/search/?q=brglmp",
    "/publications/", "/publications/1/",
    "/about/words/", "/schemas/",
    "/groups/river-guards/record/", "/changes.atom", "/groups/river-guards/changes.atom",
    "/corrections/changes.atom", "/sitemap.xml", "/sitemap-claims.xml", "/robots.txt", "/data/", "/data/manifest.json",
    "/data/dictionary/", "/data/dictionary.json", "/api/", "/api/openapi.json", "/api/claims", "/api/publications",
]  # fmt: skip
# A form has a token of its own each time, so its bytes are never the same.
FORMS = ["/claims/rg-0004/report/"]
