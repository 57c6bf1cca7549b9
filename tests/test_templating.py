"""Templates of public pages are quicker than Jinja2's own, and print the same."""

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from militiadb.jinja2 import environment
from profiles.values import speech

PIECES = {
    "{{ text }}": "&lt;b&gt; &amp; &#34;x&#34;",
    "{{ safe }}": "<i>y</i>",
    "{{ number }}{{ nothing }}{{ [text] }}": "1None[&#39;&lt;b&gt; &amp; &#34;x&#34;&#39;]",
    "{% macro m(a, b='d') %}({{ a }}{{ b }}){% endmacro %}{{ m(text) }}{{ m(1, b=safe) }}{{ m(m(text)) }}": (
        "(&lt;b&gt; &amp; &#34;x&#34;d)(1<i>y</i>)((&lt;b&gt; &amp; &#34;x&#34;d)d)"
    ),
    "{% for x in [1, 2] %}{{ x }}{{ ',' if not loop.last }}{% endfor %}": "1,2",
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


def test_words_are_said_in_the_language_of_the_environment():
    source = "{% trans number=safe %}Edition {{ number }}{% endtrans %}"
    english, arabic = (environment(tag, autoescape=True) for tag in (speech.ENGLISH, speech.ARABIC))
    assert english.from_string(source).render(CONTEXT) == "Edition <i>y</i>"
    assert arabic.from_string(source).render(CONTEXT) == speech.text("Edition %(number)s", speech.ARABIC) % {
        "number": "<i>y</i>"
    }
    assert "%(" not in arabic.from_string(source).render(CONTEXT)
