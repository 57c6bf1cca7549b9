"""The closed lists in Arabic: a label and a definition for each stored word, a line each; topics and questions."""


def _read(rows: str) -> dict[str, tuple[str, str]]:
    """Read `value | label | definition` lines, as the English lists have them."""
    found = ([part.strip() for part in row.split("|")] for row in rows.strip().splitlines())
    return {value: (label, definition) for value, label, definition in found}


# Name of the list -> stored word -> label, definition.
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "voice": _read("""
        stated | مذكور | يقوله المصدر بصوته.
        attributed | منسوب | يسمّي المصدر القائل أو يصفه.
        reported | متداول | يُبقي المصدر مسافة ولا يسمّي أحدًا («يُقال»، «وُصف بأنه»).
        claimed | يقوله صاحب الشأن | يقوله صاحب الشأن عن نفسه، أو يتبنى عملًا.
        alleged | مزعوم | يتهم أحدهم صاحب الشأن، ولا يتبنى المصدر الاتهام.
        assessed | تقدير هيئة التحرير | حكم هيئة التحرير نفسها، مع أسبابه والادعاءات التي يستند إليها.
    """),
    "bearing": _read("""
        supports | يسند | يسند المقطع الادعاء بصيغته.
        qualifies | يقيّد | يقيّد المقطع الادعاء.
        disputes | يخالف | يقول المقطع خلاف ذلك.
        denies | ينفي | يقول المتهم لا.
        mentions | يذكر | يذكر المقطع الأمر ولا يثبت شيئًا.
    """),
    "standing": _read("""
        stands | قائم | منشور بصيغته؛ ولا يعني ذلك أنه «صحيح».
        contested | متنازع فيه | يخالفه ادعاء آخر مستشهَد له؛ وكل منهما يسمّي الآخر.
        doubted | مشكوك فيه | تعذر تأكيد جزء مما ذُكر؛ وتقول الملاحظة ما لم يُتحقق منه.
        superseded | حلّ محله غيره | كان صحيحًا حين نُشر؛ وثمة رابط إلى ادعاء أحدث.
        retracted | مسحوب | كان نشره خطأ؛ والسبب معلن.
    """),
    "silence": _read("""
        not_stated | غير مذكور | بُحث عنه في المصادر المسماة ولم يوجد فيها.
        withheld | محجوب | معروف لهيئة التحرير ولا يُنشر.
    """),
    "sense": _read("""
        happened | حدث | مرة واحدة، ضمن الوقت المذكور.
        held | استمر | طوال الوقت المذكور.
        as_of | كما في | شوهد حينها؛ ولا يقول شيئًا عما قبل ذلك وما بعده.
    """),
    "basis": _read("""
        stated | مذكور | التاريخ من المصدر نفسه.
        derived | مستنتج | التاريخ محسوب مما يقوله المصدر؛ والحساب مذكور.
    """),
    "precision": _read("""
        exact | بالضبط | العدد كما أُحصي.
        about | نحو | قريب من هذا العدد، بكلمات المصدر.
        at_least | ما لا يقل عن | هذا العدد أو أكثر.
        at_most | ما لا يزيد على | هذا العدد أو أقل.
        between | بين | من العدد الأول إلى الثاني.
        estimate | تقديرًا | يسميه المصدر تقديرًا.
        order | كتابةً | مرتبة عددية بالكلمات («عشرات»، «آلاف»): لا تُختلق لها حدود ولا تُجمع أبدًا.
    """),
    "verification": _read("""
        verified | متحقق منه | مؤكد، كما يروي المصدر.
        partly | متحقق من بعضه | مؤكد جزئيًا، كما يروي المصدر.
        mostly_unverified | غير متحقق من أكثره | يقول المصدر إن أكثره لم يُتحقق منه.
        unverified | غير متحقق منه | يقول المصدر إنه لم يُتحقق منه.
        refuted | مفنَّد | يقول المصدر إنه ثبت خطؤه.
    """),
    "reach": _read("""
        named | بالاسم | قيل عن صاحب الشأن هذا باسمه.
        collective | ضمن مجموعة | قيل عن مجموعة ينتمي إليها صاحب الشأن.
        members_together | الأعضاء معًا | مجموع الأعضاء.
    """),
    "confidence": _read("""
        low | منخفضة | قد تكون هيئة التحرير مخطئة بسهولة.
        moderate | متوسطة | معقول وله مصدر، وليس أكيدًا.
        high | عالية | ستُفاجأ هيئة التحرير لو كانت مخطئة.
    """),
    "response": _read("""
        printed | منشور | جواب المتهم منشور إلى جانب الاتهام.
        declined | امتنع | سُئل المتهم وامتنع عن الجواب.
        no_reply | لم يرد | سُئل المتهم ولم يرد.
        not_sought | لم تطلبه هيئة التحرير | لم تسأل هيئة التحرير المتهم، ولا تورد المصادر المقروءة جوابًا.
    """),
    "evidence": _read("""
        primary | أولي | الإشعار أو قيد القائمة نفسه مثبّت.
        secondary | ثانوي | مصدر آخر يتحدث عن الإدراج.
    """),
    "speaker kind": _read("""
        person | شخص | شخص عادي أو عام يتحدث عن نفسه.
        official | مسؤول | من يتحدث من منصب في الدولة.
        authority | جهة رسمية | هيئة في الدولة أو محكمة تدوين.
        armed_group | جماعة مسلحة | جماعة، أو أعضاء يتحدثون باسمها.
        party | حزب | حزب سياسي.
        media | وسيلة إعلام | ناشر آخر.
        court | محكمة | محكمة.
        witness | شاهد | من رأى ما جرى.
        organisation | منظمة | أي هيئة أخرى.
        desk | هيئة التحرير | محررو هذا الموقع.
        unspecified | غير محدد | لا يقول المصدر أي نوع من المتحدثين هو.
    """),
    "part of the source": _read("""
        headline | عنوان | عنوان العمل.
        standfirst | مقدمة | الملخص تحت العنوان.
        body | متن | النص الجاري.
        caption | شرح صورة | الكلمات تحت صورة.
        quotation | اقتباس | كلمات مقتبسة من أحد.
        stamp | سطر التاريخ | سطر التاريخ عند الناشر.
        table | جدول | جدول.
        list_entry | قيد في قائمة | قيد في قائمة.
        annex | ملحق | ملحق.
    """),
    "publication kind": _read("""
        new | جديد | نُشر أول مرة.
        update | تحديث | تغير العالم أو المصادر.
        clarification | توضيح | صارت الصيغة أوضح؛ ولم يكن في المنشور خطأ.
        correction | تصحيح | كان في المنشور خطأ، وصُحح.
        retraction | سحب | ما كان ينبغي أن يُنشر شيء، فسُحب علنًا.
        withdrawal | إزالة | أُزيلت صفحة؛ ويبقى إشعار مؤرخ.
        redaction | حجب | حُذفت كلمات في كل مكان؛ وتبقى بصمتها.
    """),
    "model": _read("""
        group | جماعة | هيئة منظمة: مسلحة أو سياسية أو تابعة لدولة.
        person | شخص | شخص طبيعي.
        event | حدث | شيء وقع في وقت ما.
    """),
    "group kind": _read("""
        armed_group | جماعة مسلحة | هيئة تقاتل بالسلاح.
        umbrella | مظلة جامعة | هيئة مؤلفة من هيئات أخرى.
        party | حزب سياسي | هيئة تخوض الانتخابات.
        electoral_list | قائمة انتخابية | أحزاب تخوض الانتخابات معًا.
        state_body | هيئة حكومية | جزء من دولة.
        state | دولة | دولة.
        foreign_force | قوة أجنبية | قوة مسلحة لبلد آخر.
        coalition | تحالف عسكري | دول أو قوات تقاتل معًا.
        religious_authority | مرجعية دينية | هيئة أو منصب ذو مكانة دينية.
        media | وسيلة إعلام | ناشر أو قناة.
        movement | تيار | جمع غير محكم من الأتباع.
        facade | واجهة | اسم يُستعمل لإخفاء هيئة أخرى.
    """),
    "person kind": _read("individual | شخص | شخص طبيعي."),
    "event type": _read("""
        attack | هجوم | عمل مسلح ضد أشخاص أو أشياء.
        abduction | اختطاف | أشخاص أُخذوا بالقوة.
        killing | قتل | أشخاص قُتلوا.
        clash | اشتباك | قتال قصير بين أطراف.
        strike | ضربة | هجوم من الجو أو بالصواريخ.
        battle | معركة | قتال على مكان.
        operation | حرب أو عملية | حرب أو حملة أو عملية.
        arrest_detention | احتجاز | أشخاص اعتُقلوا أو احتُجزوا.
        release_exchange | إفراج أو تبادل | أشخاص أو جثامين أُفرج عنهم أو جرى تبادلهم.
        trial | محاكمة | إجراءات أمام محكمة.
        formation | تأسيس | تنشأ هيئة.
        split | انشقاق | يترك جزء هيئة ويمضي وحده.
        dissolution | حلّ | تنتهي هيئة.
        rename | تغيير اسم | تتخذ هيئة اسمًا آخر.
        election | انتخابات | اقتراع.
        protest | احتجاج | تجمع للاعتراض.
        agreement_talks | محادثات أو اتفاق | محادثات، أو ما نتج عنها.
        announcement | إعلان | يُعلن شيء.
        withdrawal | انسحاب | تغادر قوات.
    """),
    "name sort": _read("""
        primary | الاسم الرئيس | الاسم الذي يعلو الصفحة.
        alias | يسمى أيضًا | اسم آخر مستعمل.
        weak | يسمى أحيانًا | اسم أشيع من أن يُعرف به.
        former | اسم سابق | اسم لم يعد مستعملًا.
        abbreviation | مختصر | أحرف تقوم مقام الاسم.
        translation | ترجمة | معنى الاسم في لغة أخرى.
        transliteration | كتابة أخرى | الاسم بكتابة أخرى بالخط نفسه.
        original_script | بخطه الأصلي | الاسم كما يكتبه صاحبه.
        kunya | كنية | اسم بصيغة «أبو» أو «أم».
        nom_de_guerre | اسم حركي | اسم اتُّخذ للقتال.
        as_listed | مدرج باسم | الاسم في قائمة جهة؛ ولا يكون عنوانًا أبدًا.
    """),
    "used by": _read("""
        self | صاحبه | الاسم الذي يطلقه صاحب الشأن على نفسه.
        press | الصحافة | الصحف والوكالات.
        authority | الجهات الرسمية | قائمة جهة رسمية أو إشعارها.
        opponents | الخصوم | من يقفون ضده.
        desk | هيئة التحرير | محررو هذا الموقع.
    """),
    "identifier scheme": _read("""
        wikidata | ويكي بيانات | عنصر في ويكي بيانات.
        opensanctions | OpenSanctions | كيان في OpenSanctions.
        listing | رقم الإدراج | رقم قيد في قائمة جهة.
    """),
    "presence": _read("""
        based_at | مقر في | مقره هناك.
        operates_in | نشاط في | ناشط هناك.
        fought_in | قتال في | شارك في القتال هناك.
        deployed_to | انتشار في | أرسل قوات إلى هناك.
        founded_in | تأسيس في | نشأ هناك.
        took_place_in | وقوع في | حيث وقع الحدث.
        political_seat | مكتب سياسي في | له مكتب سياسي هناك.
        claimed_presence | وجود معلن في | يقول إنه هناك.
    """),
    "relation": _read("""
        split_from | انشقاق عن | تركه ليمضي وحده.
        merged_into | اندماج في | ذاب فيه.
        formed_by_merger_of | نشأة من | جاء من اندماجه مع غيره.
        succeeds | خلافة لـ | يأتي بعده ويحل محله.
        re_formed_from | تشكيل جديد من | عاد منه.
        established | إنشاء | أوجده.
        subordinate_to | تبعية لـ | يقع تحته.
        under_operational_control_of | تحت القيادة العملياتية لـ | قاتل بأوامره.
        wing_of | جناح من | جزء منه له مهمة خاصة.
        facade_of | واجهة لـ | يعمل له باسم آخر.
        member_of | انتماء إلى | أحد أجزائه أو أعضائه.
        personnel_joined | انضمام أفراد منه إلى | انتقل أناس منه إلى الآخر.
        contested_on_list_of | ترشح على قائمة | خاض الانتخابات معه.
        supported_by | دعم من | تلقى منه شيئًا.
        described_as_proxy_of | وُصف بأنه وكيل لـ | يسميه أحدهم وكيلًا للآخر.
        tied_to | صلة بـ | له صلات من نوع غير محدد.
        fought_alongside | قتال إلى جانب | على الجانب نفسه في قتال.
        fought_against | قتال ضد | على الجانب الآخر في قتال.
        supported | دعم لـ | أعطاه شيئًا.
        allied_with | تحالف مع | له معه تحالف.
        rival_of | تنافس مع | ينافسه.
        identified_with | قيل إنه نفسه | يقول أحدهم إنهما شيء واحد.
    """),
    "manner": _read("""
        founding | عضو مؤسس | كان حاضرًا حين تشكل الآخر.
        component | مكوّن | أحد أجزائه.
        central | مكوّن رئيس | جزء رئيس منه.
        joined | انضم | صار جزءًا منه.
        aligned | متحالف | يقف معه من غير انضمام.
        left | غادر | كان جزءًا منه وغادره.
        expelled | أُخرج | أُخرج منه.
        funds | مال | مال.
        arms | سلاح | أسلحة.
        training | تدريب | تدريب.
        equipment | معدات | معدات.
        advice | مشورة | مستشارون.
        shelter | إيواء | مكان للإقامة.
        unspecified | غير محدد | لا يقول المصدر أي نوع.
    """),
    "role": _read("""
        leader | قائد | يقوده.
        co_leader | قائد مشارك | يقوده مع آخرين.
        deputy_leader | نائب القائد | الثاني بعد القائد.
        founder | مؤسس | أوجده، وحده أو مع آخرين.
        commander | آمر | له إمرة فيه.
        spokesperson | متحدث | يتحدث باسمه.
        official | مسؤول | يشغل منصبًا فيه.
        financier | ممول | يجد له المال أو ينقله.
        representative | ممثل | يمثله في مكان آخر.
        member | عضو | ينتمي إليه.
        associated | مرتبط | له به علاقة من نوع غير محدد.
        religious_guide | مرشد ديني | يرشده في الدين.
        former_unspecified | كان سابقًا في | كان فيه يومًا، بدور غير محدد.
    """),
    "end reason": _read("""
        death | وفاة | انتهى الدور بوفاة.
        resigned | استقالة | تخلى عنه صاحبه.
        removed | إقالة | أُقيل صاحبه.
        detained | احتجاز | احتُجز صاحبه.
        group_ended | انتهاء الجماعة | انتهت الهيئة نفسها.
        not_stated | غير مذكور | لا تقول المصادر المقروءة.
    """),
    "part": _read("""
        actor | فاعل | فعله، حيث لا يتهم «فعله» أحدًا.
        perpetrator | مرتكب | فعله، كما يقول المقطع المستشهَد به.
        claimant | متبنٍّ | يقول إنه فعله.
        accused | متهم | يقول أحدهم إنه فعله.
        target | هدف | كان هو المقصود.
        killed | قتلى | فقدوا حياتهم.
        injured | جرحى | أُصيبوا.
        abducted | مختطفون | أُخذوا بالقوة.
        detained | محتجزون | احتُجزوا.
        captor | محتجِز | احتجزهم.
        released | مفرج عنهم | أُطلق سراحهم.
        exchanged | مبادَلون | سُلّموا بالمقابل.
        participant | مشارك | شارك.
        ally | حليف | قاتل أو وقف معهم.
        opponent | خصم | قاتل أو وقف ضدهم.
        founder | مؤسس | أوجد الهيئة.
        candidate_winner | منتخَب | ترشح وفاز.
        mediator | وسيط | وقف بين الأطراف.
        host | مضيف | قدّم المكان.
    """),
    "designation step": _read("""
        designated | أُدرج | أُدرج؛ ولا يقول المصدر أي إجراء كان.
        announced | أُعلن | أُعلن عنه.
        decided | تقرر | صدر القرار.
        listed | قُيّد | دخل القائمة.
        published | نُشر | طُبع في الجريدة الرسمية.
        effective | نفذ | نافذ منذ ذلك الحين.
        amended | عُدّل | تغير القيد.
        renewed | جُدّد | مُدّد.
        reviewed_kept | روجع وأُبقي | نُظر فيه ثانيةً وتُرك نافذًا.
        petition_or_appeal | طلب أو طعن | طلب أحدهم إنهاءه.
        suspended | عُلّق | غير نافذ مدةً.
        general_licence | ترخيص عام | سُمح بالتعامل عمومًا.
        annulled | أُبطل | باطل بحكم.
        revoked_or_delisted | أُلغي أو شُطب | أُخرج من القائمة.
        expired | انقضى | انتهى من تلقاء نفسه.
        relisted | أُدرج ثانيةً | دخل القائمة ثانيةً.
    """),
    "change of an entry": _read("""
        name_added | إضافة اسم | أُضيف اسم.
        name_removed | حذف اسم | حُذف اسم.
        identifier_changed | تغيير معرّف | تغير معرّف.
        programme_added | إضافة برنامج | أُدرج بموجب برنامج آخر.
        ground_changed | تغيير السند | تغير السند.
        entry_moved | نقل القيد | نُقل إلى قائمة أخرى.
    """),
    "what is counted": _read("""
        fighters | المقاتلون | أناس تحت السلاح.
        groups | الجماعات | هيئات.
        attacks | الهجمات | هجمات.
        people | الأشخاص | أناس.
        soldiers | الجنود | أفراد قوات مسلحة.
        seats | المقاعد | مقاعد في هيئة منتخبة.
    """),
    "legal status": _read("""
        state_recognised | معترف به من الدولة | يُعد قانونًا جزءًا من قوات الدولة.
        unlawful | محظور | يمنعه قانون بلده.
        not_specified | غير محدد | لا يقول المصدر.
    """),
    "activity": _read("""
        active | ناشط | يفعل ما تشكل من أجله.
        less_active | أقل نشاطًا | يفعل منه أقل من قبل.
        regrouped | عاد إلى التجمع | رجع بعد توقف.
        ended | انتهى | لم يعد موجودًا.
    """),
    "source kind": _read("""
        news_article | مقال صحفي | مادة في صحيفة أو وكالة أو موقع إذاعة.
        official_notice | إشعار رسمي | إشعار أو قيد في قائمة جهة رسمية.
        report | تقرير | تقرير منظمة أو باحث.
        statement | بيان | ما أصدرته جماعة أو شخص.
        desk_list | قائمة هيئة التحرير | قائمة تحفظها هيئة تحرير هذا الموقع بنفسها.
    """),
    "place kind": _read("""
        country | بلد | بلد.
        region | إقليم | جزء من بلد أو عدة بلدان، بلا حدود قانونية.
        province | محافظة | جزء من بلد في الدرجة الأولى.
        city | مدينة أو بلدة | مدينة أو بلدة أو قرية.
        district | حي أو قضاء | جزء من مدينة، أو قضاء.
        landmark | معلم عام | مكان عام مثبت على الخرائط.
    """),
    "capture method": _read("""
        file | ملف | من ملف قدمه محرر.
        text | نص | من نص ملصق أو مجرد.
        url | عنوان | جُلب من الشبكة.
    """),
    "fidelity of a text": _read("""
        transcript | نسخ | طبعه محرر أو صححه إلى جانب الصفحة أو الملف الملتقط.
        inexact | أحرف غير دقيقة | أحرف خط من اليمين إلى اليسار كما يعطيها ملف PDF: قد يكون بعضها خطأ أو في غير ترتيبه.
    """),
    "picture kind": _read("""
        portrait | صورة شخصية | وجه شخص.
        emblem | شعار | علامة أو شعار أو ختم تستعمله هيئة لنفسها.
        flag | علم | علم.
        photograph | صورة فوتوغرافية | أي صورة فوتوغرافية أخرى.
    """),
    "picture type": _read("""
        image/avif | AVIF | ملف بصيغة AVIF.
        image/webp | WebP | ملف بصيغة WebP.
        image/png | PNG | ملف بصيغة PNG.
        image/jpeg | JPEG | ملف بصيغة JPEG.
    """),
    "licence": _read("""
        public_domain | ملك عام | لا تُعرف حقوق قائمة فيه.
        cc0 | CC0 1.0 | تخلى صانعه عن كل الحقوق.
        cc_by_4 | CC BY 4.0 | حر الاستعمال مع ذكر المصدر.
        cc_by_3 | CC BY 3.0 | حر الاستعمال مع ذكر المصدر.
        cc_by_2 | CC BY 2.0 | حر الاستعمال مع ذكر المصدر.
        cc_by_sa_4 | CC BY-SA 4.0 | حر الاستعمال مع ذكر المصدر، بالرخصة نفسها.
        cc_by_sa_3 | CC BY-SA 3.0 | حر الاستعمال مع ذكر المصدر، بالرخصة نفسها.
        cc_by_sa_2 | CC BY-SA 2.0 | حر الاستعمال مع ذكر المصدر، بالرخصة نفسها.
        permission | بإذن | يسمح صاحب الحقوق لهذا الموقع بعرضه؛ ولا يجوز لغيره استعماله من هنا.
        quotation | للتعريف | يخضع لحقوق أحد؛ ويُعرض صغيرًا ليقول كيف يبدو، لا أكثر.
        own_work | عمل خاص | صنعته هيئة التحرير؛ حر الاستعمال مع ذكر المصدر.
    """),
    "cell": _read("""
        stated | مذكور | ادعاء واحد على الأقل له استشهاد يجيب عن السؤال.
        contested | متنازع فيه | تتخالف ادعاءات لها استشهاد؛ وكلها معروضة.
        none | لا شيء | يقول مصدر مستشهَد به إن الأمر ليس كذلك.
        unknown | غير معروف | يقول مصدر مستشهَد به إنه غير معروف.
        elsewhen | من أوقات أخرى فقط | تجيب عنه ادعاءات لها استشهاد، لكن لا يمكن أن يكون أي منها من الوقت المسؤول عنه.
        not_stated | غير مذكور | بُحث عنه في المصادر المسماة ولم يوجد فيها.
        withheld | محجوب | معروف لهيئة التحرير ولا يُنشر.
        not_researched | لم يُبحث | لم يبحث عنه أحد بعد.
        does_not_apply | لا ينطبق | لا يُسأل هذا السؤال عن هذا النوع من الصفحات.
    """),
    "row": _read("""
        same | متطابق | تعطي كل الأعمدة القيم نفسها.
        partly | جزئيًا | بعض القيم مشترك أو قد يكون واحدًا، أو لا تذكرها كل الأعمدة بلا نزاع.
        differs | مختلف | تختلف قيم عمودين على الأقل ولا قيمة مشتركة.
        not comparable | لا يُقارن | نصوص، أو أقل من عمودين فيهما قيمة يمكن مقارنتها.
    """),
}

# English heading of a topic -> Arabic.
TOPICS = {
    "Identity": "الهوية",
    "Names": "الأسماء",
    "Origins": "النشأة",
    "Leadership": "القيادة",
    "Structure": "البنية",
    "Umbrella groups": "المظلات الجامعة",
    "Outlook": "التوجه",
    "Outside support": "الدعم الخارجي",
    "Allies and opponents": "الحلفاء والخصوم",
    "Strength": "القوة العددية",
    "Arsenal": "الترسانة",
    "Areas": "المناطق",
    "Operations": "العمليات",
    "Attacks claimed": "الهجمات المتبناة",
    "Conduct": "السلوك",
    "Suffered": "ما لحق بها",
    "Designations": "الإدراجات",
    "Politics": "السياسة",
    "Money": "المال",
    "Status": "الحال",
    "Other": "أخرى",
    "Roles": "الأدوار",
    "Affiliations": "الانتماءات",
    "Background": "الخلفية",
    "Detention and proceedings": "الاحتجاز والإجراءات",
    "Statements": "التصريحات",
    "Death": "الوفاة",
    "What": "ماذا",
    "When": "متى",
    "Where": "أين",
    "Who": "من",
    "Toll": "الحصيلة",
    "Claims of responsibility": "تبني المسؤولية",
    "Attributions": "نسبة المسؤولية",
    "Consequences": "النتائج",
}

# English label of a question -> Arabic.
ASPECTS = {
    "Type": "النوع",
    "Country": "البلد",
    "Denomination": "المذهب",
    "Legal status": "الوضع القانوني",
    "Names": "الأسماء",
    "Translations": "الترجمات",
    "Abbreviations": "المختصرات",
    "Former names": "الأسماء السابقة",
    "Not to be confused with": "لا يُخلط بينه وبين",
    "Founded": "التأسيس",
    "Founder": "المؤسس",
    "Place of founding": "مكان التأسيس",
    "Came out of": "خرج من",
    "Purpose": "الغاية",
    "Re-formed": "إعادة التشكيل",
    "Renamed": "تغيير الاسم",
    "Leader": "القائد",
    "Deputies": "النواب",
    "Commanders": "الآمرون",
    "Former leaders": "القادة السابقون",
    "Succession": "تعاقب القيادة",
    "Components": "المكونات",
    "Number of members": "عدد الأعضاء",
    "Units": "الوحدات",
    "Wings": "الأجنحة",
    "Command": "القيادة والسيطرة",
    "Personnel": "الأفراد",
    "Belongs to": "الانتماء",
    "Outlook": "التوجه",
    "Aims": "الأهداف",
    "Stance on foreign forces": "الموقف من القوات الأجنبية",
    "Backers": "الداعمون",
    "Kinds of support": "أنواع الدعم",
    "Control": "السيطرة",
    "Labels": "الأوصاف",
    "Fought alongside": "قاتل إلى جانب",
    "Supports": "من يدعمهم",
    "Rivals": "المنافسون",
    "Opponents": "الخصوم",
    "Fighters": "المقاتلون",
    "Other counts": "أعداد أخرى",
    "Drones": "الطائرات المسيّرة",
    "Rockets": "القذائف الصاروخية",
    "Missiles": "الصواريخ",
    "Air defence": "الدفاع الجوي",
    "Small arms": "الأسلحة الخفيفة",
    "Explosives": "المتفجرات",
    "Other arms": "أسلحة أخرى",
    "Based": "المقر",
    "Operates": "النشاط",
    "Theatres": "ميادين القتال",
    "Wars and battles": "الحروب والمعارك",
    "Methods": "الأساليب",
    "Focus": "التركيز",
    "Series": "السلاسل",
    "Single attacks": "هجمات منفردة",
    "Verification": "التحقق",
    "Accusations": "الاتهامات",
    "Denials": "النفي",
    "Investigations": "التحقيقات",
    "Proceedings": "الإجراءات القضائية",
    "Outcomes": "النتائج",
    "Acts told of it": "أفعال تُروى عنه",
    "Strikes": "الضربات",
    "Losses": "الخسائر",
    "Detentions": "الاحتجازات",
    "Listings": "الإدراجات",
    "Listings of leaders (personal)": "إدراجات القادة (شخصية)",
    "Parties": "الأحزاب",
    "Elections": "الانتخابات",
    "Seats": "المقاعد",
    "Alliances": "التحالفات",
    "Income": "الدخل",
    "Businesses": "الأعمال التجارية",
    "Activity": "النشاط",
    "Talks": "المحادثات",
    "Pressure": "الضغوط",
    "Disarmament": "نزع السلاح",
    "Standing among its kind": "المكانة بين أمثاله",
    "Other": "أخرى",
    "Nationality": "الجنسية",
    "Family": "العائلة",
    "Leads or led": "يقود أو قاد",
    "Commands or commanded": "يتولى أو تولى إمرة",
    "Offices": "المناصب",
    "Belongs or belonged to": "ينتمي أو انتمى إلى",
    "Tied to": "على صلة بـ",
    "Movements between groups": "التنقل بين الجماعات",
    "Religious standing": "المكانة الدينية",
    "Career": "المسيرة",
    "Travel": "الأسفار",
    "Releases": "الإفراجات",
    "Parts in events": "أدوار في أحداث",
    "Said": "ما قاله",
    "Death": "الوفاة",
    "Killed in": "قُتل في",
    "What happened": "ما حدث",
    "Method": "الأسلوب",
    "Cause": "السبب",
    "Part of": "جزء من",
    "Date": "التاريخ",
    "Order of events": "ترتيب الأحداث",
    "Place": "المكان",
    "Took part": "المشاركون",
    "Perpetrators": "المرتكبون",
    "Targets": "الأهداف",
    "Captors": "المحتجِزون",
    "Detained": "المحتجزون",
    "Released": "المفرج عنهم",
    "Exchanged": "المبادَلون",
    "Others": "آخرون",
    "Killed": "القتلى",
    "Injured": "الجرحى",
    "Abducted": "المختطفون",
    "Claimed by": "تبناه",
    "Accused": "المتهم",
    "Accused by": "المتهِم",
    "Results": "النتائج",
}
