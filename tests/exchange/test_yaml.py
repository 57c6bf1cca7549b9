"""Our YAML: what is refused and where, what is written, and that the one gives back the other."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from profiles.exchange import yaml as our_yaml
from profiles.exchange.yaml import FileError, Mapping, Sequence, read, write

PROFILE = """\
uid: kl
label: "Lamp: the Brigade"
names: [Liwa, Lamp]
claims:
  - uid: kl-0001
    statement: Two officials said the "Lamp" has about 700 men.
    when: 2013~
    negated: false
    citations:
      - uid: kl-0001-c1
        locator: {paragraph: 3, start: 10, end: 40}
        speakers: [[spk-0001, spk-0002], [spk-0003]]

  - uid: kl-0002
    statement: "It's called \\"the Lamp\\": لواء."
    when: "2013"
    citations: []
...
"""


def error_of(data):
    with pytest.raises(FileError) as refused:
        read(data if isinstance(data, bytes) else data.encode(), "kl.yaml")
    return str(refused.value)


# Reading


def test_every_value_is_text_and_has_its_line():
    tree = read(PROFILE.encode(), "kl.yaml")
    assert tree["claims"][0]["negated"] == "false"
    assert tree["claims"][1]["when"] == "2013"
    assert tree["claims"][0]["citations"][0]["locator"] == {"paragraph": "3", "start": "10", "end": "40"}
    assert isinstance(tree, Mapping) and isinstance(tree["claims"], Sequence)
    assert (tree.line, tree.lines) == (1, {"uid": 1, "label": 2, "names": 3, "claims": 4})
    assert (tree["claims"].line, tree["claims"].lines) == (5, [5, 14])
    assert tree["claims"][1].lines == {"uid": 14, "statement": 15, "when": 16, "citations": 17}


@pytest.mark.parametrize("text", ["no", "~", "2013", "0o17", "1e3", "2014-06-05", "<<", "null"])
def test_what_other_readers_convert_stays_text(text):
    assert read(f"a: {text}\n...\n".encode(), "f") == {"a": text}


def test_comments_windows_line_ends_and_block_text_are_read():
    data = b"# why\r\na: 'x' # here\r\nb: |\r\n  one\r\n  two\r\n...\r\n"
    assert read(data, "f") == {"a": "x", "b": "one\ntwo\n"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "line 1: this file is empty"),
        ("# nothing\n", "line 1: this file is empty"),
        ("a: b\n", "line 1: this file seems cut short: the closing ... is missing"),
        ("a:\n  - b\n  - 'c", "line 3: this file seems cut short: the closing ... is missing"),
        ("a: [b, c\n", "line 1: this file seems cut short: the closing ... is missing"),
        ("a: b\n..", "line 2: this file seems cut short: the closing ... is missing"),
        ("a: لو".encode()[:-1], "line 1: this file seems cut short: the closing ... is missing"),
        ("a: b\n...\n---\nc: d\n...\n", "line 3: a second document starts here: one file holds exactly one"),
        ("%YAML 1.1\n---\na: b\n...\n", "line 1: directives (%YAML, %TAG) are not allowed"),
        ("a: b\nc: d\na: e\n...\n", "line 3: the key 'a' is here twice: first in line 1"),
        ("{a: b, 'a': c}\n...\n", "line 1: the key 'a' is here twice: first in line 1"),
        ("a: b\n? [c]\n: d\n...\n", "line 2: a key must be plain text, not a list or a mapping"),
        ("a: &x b\n...\n", "line 1: the anchor '&x' is not allowed"),
        ("a: b\nc: *x\n...\n", "line 2: the alias '*x' is not allowed: write it out"),
        ("a: !!int 3\n...\n", "line 1: the tag 'tag:yaml.org,2002:int' is not allowed: every value is text"),
        ("a: !x [b]\n...\n", "line 1: the tag '!x' is not allowed: every value is text"),
        ("a: !!python/name:os.system\n...\n", None),
        ("a:\nb: c\n...\n", 'line 1: a value is missing: write "" for an empty text'),
        ("- a\n-\n...\n", 'line 2: a value is missing: write "" for an empty text'),
        ("a: b\x00\n...\n", "line 1: the character U+0000 is not allowed here"),
        ("a: b\nc: \x1b\n...\n", "line 2: the character U+001B is not allowed here"),
        ("a: b\rc: d\n...\n", "line 1: the character U+000D is not allowed here"),
        ("a: b\u2028c\n...\n", "line 1: the character U+2028 is not allowed here"),
        ('a: b\nc: "\\0"\n...\n', "line 2: the control character U+0000 is not allowed"),
        (
            "\ufeffa: b\n...\n",
            "line 1: this file starts with a byte order mark: save it as UTF-8 without one",
        ),
        ("a: b\n...\n".encode("utf-16"), "line 1: this file is UTF-16 or UTF-32: save it as UTF-8"),
        ("a: b\n...\n".encode("utf-16-le"), "line 1: the character U+0000 is not allowed here"),
        ("a: b\nc: é\n...\n".encode("latin-1"), "line 2: byte 0xE9 is not UTF-8: save the file as UTF-8"),
        ("a: " + "[" * 8 + "]" * 8 + "\n...\n", "line 1: nested deeper than 8 levels"),
        ("a: b: c\nd: e\n...\n", None),
        ("a: 'b\nc: d\n...\n", None),
        ("a: b\n...\nrest\n", None),
    ],
)
def test_a_bad_file_has_one_clear_error_with_its_line(data, message):
    found = error_of(data)
    assert found.startswith("kl.yaml: line ")
    if message is not None:
        assert found == f"kl.yaml: {message}"


def test_an_error_carries_file_line_and_message():
    error = FileError("kl.yaml", 3, "no such uid")
    assert (error.file, error.line, error.message, str(error)) == (
        "kl.yaml",
        3,
        "no such uid",
        "kl.yaml: line 3: no such uid",
    )


@pytest.mark.parametrize("cut", range(1, len(PROFILE.rstrip().encode())))
def test_a_file_cut_anywhere_is_refused(cut):
    error_of(PROFILE.encode()[:cut])


def test_an_alias_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(30)) + "...\n"
    assert error_of(bomb) == "kl.yaml: line 1: the anchor '&a' is not allowed"


@pytest.mark.parametrize("hostile", ["[", "{", "- ", "? ", "[{", "a:\n", "!", "&", "'", "\n", "[a,"])
def test_ten_megabytes_of_one_thing_are_refused_at_once(hostile):
    data = (hostile * (10_000_000 // len(hostile))).encode()
    began = time.process_time()
    error_of(data)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("mark", ["&", "*", "!"])
def test_an_error_stays_short_whatever_the_file_says(mark):
    assert len(error_of(f"a: {mark}{'x' * 10_000} b\n...\n")) < 200


def test_a_file_too_large_is_refused():
    data = b"a" * (our_yaml.MAX_BYTES + 1)
    assert error_of(data) == "kl.yaml: line 1: this file has 33,554,433 bytes; at most 33,554,432 are read"


def test_ten_thousand_lines_are_read_within_a_second():
    tree = {"claims": [{"uid": f"kl-{n}", "statement": "A word " * 20, "when": "2013~"} for n in range(2500)]}
    data = write(tree)
    assert data.count(b"\n") >= 10_000
    began = time.process_time()
    assert read(data, "f") == tree
    assert time.process_time() - began < 1


# Writing


def test_a_profile_is_written_as_a_person_would():
    tree = {
        "uid": "kl",
        "label": "Lamp: the Brigade",
        "names": ["Liwa", "Lamp"],
        "claims": [
            {
                "uid": "kl-0001",
                "statement": 'Two officials said the "Lamp" has about 700 men.',
                "when": "2013~",
                "negated": False,
                "citations": [
                    {
                        "uid": "kl-0001-c1",
                        "locator": {"paragraph": 3, "start": 10, "end": 40},
                        "speakers": [["spk-0001", "spk-0002"], ["spk-0003"]],
                    }
                ],
            },
            {
                "uid": "kl-0002",
                "statement": 'It\'s called "the Lamp": لواء.',
                "when": "2013",
                "citations": [],
            },
        ],
    }
    assert write(tree).decode() == PROFILE


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (True, "true"),
        (False, "false"),
        (-7, "-7"),
        ("", '""'),
        ("plain, with a comma", "plain, with a comma"),
        ("2005/2006", "2005/2006"),
        ("لواء", "لواء"),
        ("no", '"no"'),
        ("2013", '"2013"'),
        ("2014-06-05", '"2014-06-05"'),
        ("~", '"~"'),
        ("- a", '"- a"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a#b:c", "a#b:c"),
        (" a", '" a"'),
        ("a ", '"a "'),
        ('"a": b', "'\"a\": b'"),
        ("a\nb\tc", '"a\\nb\\tc"'),
        ("a\u2028b", '"a\\u2028b"'),
        ('it\'s: "so"', '"it\'s: \\"so\\""'),
        ("...", '"..."'),
    ],
)
def test_each_text_is_written_by_fixed_rules(value, line):
    assert write({"a": value}).decode() == f"a: {line}\n...\n"


def test_long_text_is_never_folded():
    assert write({"a": "word " * 400 + "end"}).count(b"\n") == 2


def test_long_lists_are_written_one_item_a_line():
    assert write({"a": ["x" * 40, "y" * 40]}).decode() == f"a:\n  - {'x' * 40}\n  - {'y' * 40}\n...\n"


@pytest.mark.parametrize(
    ("tree", "error", "message"),
    [
        ({"a": [None]}, TypeError, "a[0]: a NoneType cannot be written"),
        ({"a": {"b": 1.5}}, TypeError, "a.b: a float cannot be written"),
        ({1: "a"}, TypeError, "the tree: the key 1 is not text"),
        ({"a": "b\x00"}, ValueError, "a: the control character U+0000 cannot be written"),
        ({"a": "b\x85"}, ValueError, "a: the control character U+0085 cannot be written"),
        ({"a": "\ud800"}, ValueError, "a: the control character U+D800 cannot be written"),
        ([[[[[[[[[]]]]]]]]], ValueError, "[0][0][0][0][0][0][0][0]: nested deeper than 8 levels"),
    ],
)
def test_what_could_not_be_read_back_is_not_written(tree, error, message):
    with pytest.raises(error) as refused:
        write(tree)
    assert str(refused.value) == message


SPECIAL = "no 2013 ~ - a: b #c ' \" \\ [x] {y} , & * ! | > % @ ` ? = << ... --- "
SPECIAL += "\n \t لواء \u2028 \u200f 😀 \ufeff \ufffe \xa0"
TEXTS = st.one_of(
    st.text(alphabet=st.sampled_from(SPECIAL), max_size=12),
    st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=30),
    st.sampled_from([*SPECIAL.split(" "), "yes", "null", "1_000", "0x1F", "1:30", ".5", "", " "]),
)
SCALARS = st.one_of(TEXTS, st.integers(), st.booleans())
TREES = st.recursive(
    SCALARS, lambda node: st.lists(node, max_size=4) | st.dictionaries(TEXTS, node, max_size=4), max_leaves=25
)


def as_text(tree):
    if isinstance(tree, dict):
        return {key: as_text(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [as_text(item) for item in tree]
    return str(tree).lower() if isinstance(tree, bool) else str(tree)


def depth_of(tree):
    if not isinstance(tree, (dict, list)):
        return 0
    return 1 + max((depth_of(item) for item in (tree.values() if isinstance(tree, dict) else tree)), default=0)


@given(TREES.filter(lambda tree: depth_of(tree) <= 8))
@example("")
@example({"": ""})
@example({"k" * 100: ["\u2028" * 100]})
@example({"\u2028" * 100: "a"})
def test_what_is_written_is_read_back(tree):
    data = write(tree)
    back = read(data, "f")
    assert back == as_text(tree)
    assert write(tree) == data
    assert data.endswith(b"\n...\n")


@given(TREES.filter(lambda tree: depth_of(tree) <= 8))
def test_order_of_keys_is_kept(tree):
    def keys(node):
        if isinstance(node, dict):
            return [(key, keys(value)) for key, value in node.items()]
        return [keys(item) for item in node] if isinstance(node, list) else None

    assert keys(read(write(tree), "f")) == keys(tree)


def test_the_parser_in_python_reads_the_same(monkeypatch):
    expected = read(PROFILE.encode(), "f")
    monkeypatch.setattr(our_yaml, "_LOADER", our_yaml.yaml.BaseLoader)
    found = read(PROFILE.encode(), "f")
    assert (found, found.lines) == (expected, expected.lines)
