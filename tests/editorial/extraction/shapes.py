"""Pages in twenty shapes, all invented: each with the words that must be kept, and what of it must be shown as lost."""

# ruff: noqa: E501 (a page is read more easily unbroken)
from dataclasses import dataclass, field

LONG = (
    "The River Guards were formed in around 2013 in the town of Marwa, according to two officials who spoke in May.",
    "They hold the north bridge and a ferry landing, and have said that they will not give up either before the winter.",
    "A spokesman for the town council called the number of their fighters, put by others at about four hundred, too high.",
    "In the spring the group moved its office to the south bank, where it shares a yard with the grain merchants' union.",
    "Residents said that the checkpoint at the old customs house was taken down in June and put up again in September.",
    "The council has asked for talks four times since then, and has had an answer only to the second of its letters.",
)
ARABIC = (
    "تشكلت جماعة حراس النهر نحو عام ٢٠١٣ في بلدة مروة، وفق ما قاله مسؤولان تحدثا في شهر مايو من العام نفسه.",
    "وتسيطر الجماعة على الجسر الشمالي ومرسى العبّارة، وقالت إنها لن تتخلى عن أي منهما قبل حلول فصل الشتاء المقبل.",
    "ووصف ناطق باسم مجلس البلدة عدد مقاتليها، الذي قدّره آخرون بنحو أربعمئة، بأنه مبالغ فيه إلى حد كبير جدا.",
    "وفي الربيع نقلت الجماعة مكتبها إلى الضفة الجنوبية حيث تتقاسم الساحة مع اتحاد تجار الحبوب في البلدة القديمة.",
)
PERSIAN = (
    "گروه نگهبانان رود در حدود سال ۱۳۹۲ در شهر مروه تشکیل شد، به گفتهٔ دو مقام که در ماه مه با خبرنگاران سخن گفتند.",
    "آنها پل شمالی و اسکلهٔ کشتی را در اختیار دارند و گفته‌اند که پیش از زمستان هیچ‌یک را رها نخواهند کرد.",
    "سخنگوی شورای شهر شمار جنگجویان را که دیگران حدود چهارصد نفر برآورد کرده‌اند بسیار زیاد خواند و آن را رد کرد.",
)


@dataclass
class Shape:
    """One page. `lost`: (kind, words) that must be shown; `warned`: beginnings of warnings; `proposed`: some facts."""

    name: str
    body: str
    head: str = ""
    kept: tuple = ()
    lost: tuple = ()
    warned: tuple = ()
    proposed: dict = field(default_factory=dict)
    attributes: str = 'lang="en"'

    @property
    def page(self):
        return f"<!doctype html><html {self.attributes}><head>{self.head}</head><body>{self.body}</body></html>"


def p(*paragraphs):
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def article(inner, title="Who are the River Guards?"):
    return f"<main><article><h1>{title}</h1>{inner}</article></main>"


LIVE = "".join(
    f'<div class="post"><h3><time datetime="2024-05-03T1{n}:00:00Z">1{n}:00</time> Update {n}</h3><p>{words}</p></div>'
    for n, words in enumerate(LONG)
)
SHAPES = [
    Shape("plain", article(p(*LONG)), kept=("Who are the River Guards?", *LONG)),
    Shape(
        "navigation",
        '<nav><a href="/">Front page</a> <a href="/w">World news</a></nav>' + article(p(*LONG))
        + "<footer>Imprint and contact of the Marwa Courier</footer>",
        kept=LONG,
        lost=(("navigation", "Front page World news"), ("footer", "Imprint and contact of the Marwa Courier")),
    ),
    Shape(
        "caption",
        article(p(*LONG[:3]) + '<figure><img src="b.jpg" alt="A bridge at dusk">'
                "<figcaption>Men of the group at the north bridge, May 2024.</figcaption></figure>" + p(*LONG[3:])),
        kept=LONG,
        lost=(("caption", "Men of the group at the north bridge, May 2024."),
              ("description of a picture", "A bridge at dusk")),
        warned=("Left out: 1 caption",),
    ),
    Shape(
        "table",
        article(p(*LONG) + "<table><caption>Fighters by year</caption><tr><th>Year</th><th>Fighters</th></tr>"
                "<tr><td>2013</td><td>400</td></tr><tr><td>2014</td><td>650</td></tr></table>"),
        kept=(*LONG, "2013 400", "2014 650"),
        warned=("It has a table",),
    ),
    Shape(
        "table beside",
        article(p(*LONG)) + "<aside><table><tr><td>Leader of the group</td><td>Not known by name</td></tr></table></aside>",
        kept=LONG,
        lost=(("aside", "Leader of the group Not known by name"),),
    ),
    Shape(
        "live blog",
        article(LIVE, "Bridge stand-off: live"),
        head='<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished": "2024-05-03T09:30:00+03:00"}</script>',
        kept=LONG,
        warned=("This looks like a live page",),
        proposed={"stamp": "2024-05-03T09:30", "stamp_zone": "+03:00"},
    ),
    Shape(
        "struck out",
        article(p(*LONG[:3]) + "<p>The group has <s>about four hundred</s> some <del>six</del> seven hundred fighters.</p>"
                + p(*LONG[3:]) + "<nav><strike>Old menu</strike></nav>"),
        kept=LONG,
        warned=("Struck out on the page, and kept here as if it stood: “about four hundred”, “six”.",),
    ),
    Shape(
        "drawing",
        article(p(*LONG) + "<svg><title>Chart</title><g><text>Fighters <tspan>2013</tspan></text><text>400</text></g></svg>"
                '<amp-img src="b.jpg" alt="A bridge at dusk"></amp-img>'),
        kept=LONG,
        lost=(("drawing", "Fighters 2013 400"), ("description of a picture", "A bridge at dusk")),
        warned=("Left out: 1 description of a picture, 1 drawing.",),
    ),
    Shape("arabic", article(p(*ARABIC), "من هم حراس النهر؟"), attributes='lang="ar" dir="rtl"', kept=ARABIC,
          proposed={"language": "ar"}),
    Shape("persian", article(p(*PERSIAN), "نگهبانان رود کیستند؟"), attributes='lang="fa-IR" dir="rtl"', kept=PERSIAN,
          proposed={"language": "fa-IR"}),
    Shape("both directions", article(p(LONG[0], ARABIC[0], LONG[1], ARABIC[1], *LONG[2:])), kept=(*LONG, *ARABIC[:2])),
    Shape(
        "paywall by words",
        article(p(LONG[0]) + '<div class="offer"><p>Subscribe to continue reading. Already a subscriber? Sign in.</p></div>'),
        warned=("Only ", "This page seems to be behind a paywall"),
    ),
    Shape(
        "paywall by data",
        article(p(*LONG)),
        head='<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "isAccessibleForFree": "False"}]}</script>',
        kept=LONG,
        warned=("This page seems to be behind a paywall",),
    ),
    Shape(
        "paywall in arabic",
        article(p(ARABIC[0]) + "<p>اشترك لمتابعة القراءة</p>"),
        attributes='lang="ar"',
        warned=("Only ", "This page seems to be behind a paywall"),
    ),
    Shape(
        "no article",
        '<header><a href="/">Marwa Courier</a></header><ul><li><a href="/1">Bridge closed</a></li>'
        '<li><a href="/2">Ferry runs again</a></li></ul><form><button>Search the archive</button></form>',
        lost=(("page header", "Marwa Courier"), ("form", "Search the archive")),
    ),
    Shape(
        "by script",
        '<div id="app"></div><noscript>Please enable JavaScript to read this page.</noscript>'
        "<script>" + "render('x');" * 900 + "</script>",
        lost=(("shown without scripts", "Please enable JavaScript to read this page."),),
        warned=("No article was found", "This page makes its text by script"),
    ),
    Shape("picture alone", '<main><img src="scan.png" alt="Statement of the River Guards, page one"></main>',
          lost=(("description of a picture", "Statement of the River Guards, page one"),), warned=("No article was found",)),
    Shape(
        "comments",
        article(p(*LONG)) + '<section id="comments"><h2>Comments</h2><p>I was there and it was nothing like that at all.</p></section>',
        kept=LONG,
        lost=(("comments", "I was there and it was nothing like that at all."),),
    ),
    Shape(
        "embedded",
        article(p(*LONG[:3]) + '<iframe src="https://video.example/embed/7"></iframe>'
                "<blockquote><p>We will hold the bridge until the council has answered our letter.</p></blockquote>" + p(*LONG[3:])),
        kept=LONG,
        lost=(("embedded", "https://video.example/embed/7"),),
    ),
    Shape(
        "hidden",
        article(p(*LONG) + '<p hidden>Draft: to be checked before it is printed by anybody.</p>'
                '<p style="display: none">This paragraph is not shown to readers of the page.</p>'),
        kept=LONG,
        lost=(("hidden", "Draft: to be checked before it is printed by anybody."),
              ("hidden", "This paragraph is not shown to readers of the page.")),
    ),
    Shape(
        "lists",
        article(p(*LONG) + "<ul><li>It holds the north bridge of the town.</li><li>It holds the ferry landing.</li></ul>"
                "<ol><li>First came the council.</li></ol>"),
        kept=(*LONG, "It holds the north bridge of the town.", "It holds the ferry landing.", "First came the council."),
    ),
    Shape(
        "told by its head",
        article(p(*LONG)),
        head='<title>Who are the River Guards? | Marwa Courier</title><meta name="author" content="Jane Example">'
        '<meta property="og:site_name" content="Marwa Courier"><meta property="og:title" content="Who are the River Guards?">'
        '<meta property="article:published_time" content="2024-05-03T10:15:00Z">'
        '<link rel="canonical" href="https://courier.example/river-guards">',
        kept=LONG,
        proposed={
            "title": "Who are the River Guards?", "author": "Jane Example", "publisher": "Marwa Courier",
            "stamp": "2024-05-03T10:15", "stamp_zone": "UTC", "url": "https://courier.example/river-guards", "language": "en",
        },
    ),
    Shape(
        "two articles",
        f"<main><article><h2>The bridge</h2>{p(*LONG)}</article><article><h2>The ferry</h2>{p(*reversed(LONG))}</article></main>",
        warned=("There is more than one article",),
    ),
]  # fmt: skip
