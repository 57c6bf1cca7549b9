"""Templates of public pages are quicker than Jinja2's own, and print the same."""

import pytest
from django.conf import settings
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateAssertionError, UndefinedError
from markupsafe import Markup

from militiadb.jinja2 import environment
from militiadb.templating import OBJECTS_ALONE
from profiles.values import speech

PUBLIC = settings.BASE_DIR / "templates" / "public"
PIECES = {
    "{{ text }}": "&lt;b&gt; &amp; &#34;x&#34;",
    "{{ safe }}": "<i>y</i>",
    "{{ number }}{{ nothing }}{{ [text] }}": "1None[&#39;&lt;b&gt; &amp; &#34;x&#34;&#39;]",
    "{% macro m(a, b='d') %}({{ a }}{{ b }}){% endmacro %}{{ m(text) }}{{ m(1, b=safe) }}{{ m(m(text)) }}": (
        "(&lt;b&gt; &amp; &#34;x&#34;d)(1<i>y</i>)((&lt;b&gt; &amp; &#34;x&#34;d)d)"
    ),
    "{% for x in [1, 2] %}{{ x }}{{ ',' if not loop.last }}{% endfor %}": "1,2",
    "{% for x in 'abc'|list if x != 'b' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex0 }}{{ loop.first }}"
    "{{ loop.last }}{{ loop.length }} {% endfor %}": "101TrueFalse2 210FalseTrue2 ",
    "{% for x in [] %}{{ loop.index }}{% else %}none{% endfor %}": "none",
    "{% macro m(a) %}{% for x in a %}{% for y in x %}{{ y }}{{ loop.last }}{% endfor %}{{ loop.last }}{% endfor %}"
    "{% endmacro %}{{ m([(1, 2), (3,)]) }}": "1False2TrueFalse3TrueTrue",
    "{% macro m(a, b=a, c=[1]) %}{% set a = b %}{{ a }}{{ c|length }}{% endmacro %}{{ m(text, c=[]) }}"
    "{{ m(b=2, a=1) }}": ("&lt;b&gt; &amp; &#34;x&#34;021"),
    "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, b=2) }}": "(1,){&#39;b&#39;: 2}",
    "{% set caught %}{{ text }}{% endset %}{{ caught }}": "&lt;b&gt; &amp; &#34;x&#34;",
    "{{ 1.5 }}{{ number == 1 }}": "1.5True",
    "{% macro m() %}<p>{{ caller() }}</p>{% endmacro %}{% call m() %}{{ text }}{% endcall %}": (
        "<p>&lt;b&gt; &amp; &#34;x&#34;</p>"
    ),
    "{{ [text, safe]|join(_('; ')) }}": "&lt;b&gt; &amp; &#34;x&#34;; <i>y</i>",
    "{{ text|upper }}": "&lt;B&gt; &amp; &#34;X&#34;",
    "{% trans %}100 % of <b>it</b>{% endtrans %}": "100 % of <b>it</b>",
    "{% trans a=text, b=safe %}{{ a }} of 5 %, {{ b }}{% endtrans %}": "&lt;b&gt; &amp; &#34;x&#34; of 5 %, <i>y</i>",
    "{% trans text %}{{ text }}{{ text }}{% endtrans %}": 2 * "&lt;b&gt; &amp; &#34;x&#34;",
    "{% trans n=number, t=text %}{{ t }}{% pluralize %}{{ n }} {{ t }}s{% endtrans %}": "&lt;b&gt; &amp; &#34;x&#34;",
    "{% trans n=[1, 2]|length, t=safe %}{{ t }}{% pluralize %}{{ n }} % {{ t }}{% endtrans %}": "2 % <i>y</i>",
}
CONTEXT = {"text": '<b> & "x"', "safe": Markup("<i>y</i>"), "number": 1, "nothing": None}


@pytest.fixture(scope="module")
def ours():
    return environment(autoescape=True, undefined=StrictUndefined)


@pytest.fixture(scope="module")
def theirs():
    made = Environment(autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"])
    made.install_null_translations(newstyle=True)
    return made


@pytest.mark.parametrize(("source", "printed"), PIECES.items())
def test_a_piece_is_printed_as_jinja2_prints_it(ours, theirs, source, printed):
    assert ours.from_string(source).render(CONTEXT) == printed
    assert theirs.from_string(source).render(CONTEXT) == printed


@pytest.mark.parametrize(
    "source", ["{{ who }}", "{{ number.who }}", "{{ who() }}", "{% trans who %}{{ who }}{% endtrans %}"]
)
def test_an_unknown_name_is_an_error(ours, source):
    with pytest.raises(UndefinedError):
        ours.from_string(source).render(CONTEXT)


def test_a_dot_is_an_attribute_alone_in_what_prints_profiles():
    (name, *_), source = sorted(OBJECTS_ALONE), "{{ which.index }}{{ which['index'] }}"
    made = environment(autoescape=True, undefined=StrictUndefined, loader=DictLoader({name: source, "other": source}))
    assert made.get_template("other").render(which={"index": 1}) == "11"
    with pytest.raises(AttributeError):
        made.get_template(name).render(which={"index": 1})


def test_all_templates_of_objects_alone_are_there():
    assert {path.name for path in PUBLIC.iterdir()} & OBJECTS_ALONE == OBJECTS_ALONE


def test_a_parameter_that_would_hide_a_name_of_the_code_is_refused(ours):
    with pytest.raises(TemplateAssertionError, match="'type' must be called otherwise"):
        ours.from_string("{% macro m(type) %}{{ type }}{% endmacro %}")


def test_words_are_said_in_the_language_of_the_environment():
    source = "{% trans number=safe %}Edition {{ number }}{% endtrans %}"
    english, arabic = (environment(tag, autoescape=True) for tag in (speech.ENGLISH, speech.ARABIC))
    assert english.from_string(source).render(CONTEXT) == "Edition <i>y</i>"
    assert arabic.from_string(source).render(CONTEXT) == speech.text("Edition %(number)s", speech.ARABIC) % {
        "number": "<i>y</i>"
    }
    assert "%(" not in arabic.from_string(source).render(CONTEXT)
