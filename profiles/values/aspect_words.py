"""Which question a passage most likely answers, by its words: a proposal for a form, never a decision."""

import re

from .vocabulary import ASPECTS

# Aspect of a model | words that speak for it, a regular expression in English and Arabic. The first that fits, wins.
_ROWS = r"""
group | conduct.denials | den(?:y|ies|ied)|rejected the (?:accusation|allegation|claim)s?|نف[تى]
group | attacks_claimed.single | claim(?:s|ed)? (?:\w+ ){0,2}responsibility|claimed (?:the|an) attack|تبن[تى]
group | conduct.accusations | accus\w+|blam(?:e|es|ed|ing)|alleg\w+|اته[مّ]\w*
group | designations.listings | designat\w+|blacklist\w*|sanction\w*|listed|terror(?:ist)? list|عقوبات|أدرج\w*|صنف\w*
group | origins.renamed | renamed|changed its name|rebranded
group | names.names | also known as|known as|calls itself|abbreviat\w+|المعروف\w*
group | origins.parent | split (?:from|off)|splinter\w*|broke away|offshoot|breakaway|emerged from|انشق\w*
group | origins.founded | found(?:ed|ing)|form(?:ed|ation)|establish(?:ed|ment)|created|set up|came into being|تأسس\w*
group | leadership.former_leaders | (?:was|formerly|previously|once) (?:led|headed)|former (?:leader|head)
group | leadership.leader | led by|leads?|leader|head(?:ed)? (?:by|of)|chief|secretary[- ]general|يقود\w*|زعيم|بقيادة
group | leadership.commanders | command(?:er|ers|ed)|قائد
group | suffered.losses | (?:its|their) (?:fighters|members|men) (?:were |was )?killed|lost \w+ (?:fighters|members|men)
group | suffered.strikes | (?:air ?)?strikes? (?:on|against|hit|killed)
group | strength.fighters | fighters|troops|strength|strong|combatants|مقاتل\w*
group | structure.member_count | members
group | structure.units | brigades?|units?|battalions?|لواء|ألوية
group | umbrellas.belongs_to | part of|member of|umbrella|belongs? to|joined|coalition
group | support.backers | back(?:ed|ing)|fund(?:ed|ing)|financ\w+|armed by|train(?:ed|ing)|support(?:ed|s)? by|بدعم
group | ideology.outlook | ideolog\w+|doctrin\w+|Shi['’]?[ai]\w*|Sunni|Islamist|Salafi\w*|nationalist
group | ideology.aims | aims?|seeks?|goals?|wants?|vow(?:s|ed)?
group | arsenal.drones | drones?|UAVs?|طائرات مسي\w*
group | arsenal.missiles | missiles?|صواريخ
group | arsenal.rockets | rockets?|mortars?
group | politics.seats | seats?
group | politics.elections | elect(?:ion|ions|ed)|parliament\w*|انتخاب\w*
group | areas.based | based|headquarter\w*|stronghold\w*
group | areas.operates | operat(?:es?|ing|ed)|active in|present in|deployed
group | operations.wars_and_battles | fought|battles?|war|offensive|captured|took (?:over|control)|seized|معركة|حرب
group | money.income | income|revenue|smuggl\w+|extort\w+|tax(?:es|ed)?|tolls?|lev(?:y|ies)
group | status.disarmament | disarm\w*|lay down (?:its|their) arms|dissol\w+
person | conduct.denials | den(?:y|ies|ied)|نف[تى]
person | conduct.accusations | accus\w+|blam(?:e|es|ed|ing)|alleg\w+|suspected|اته[مّ]\w*
person | designations.listings | designat\w+|blacklist\w*|sanction\w*|listed|عقوبات|أدرج\w*
person | death.death | killed|died|death|assassinat\w+|مقتل|قتل|اغتيال
person | detention_proceedings.detentions | arrest\w*|detain\w*|imprison\w*|jailed|اعتق\w*
person | roles.founded | found(?:ed|er|ing)|establish\w*|مؤسس
person | roles.commands | command(?:s|er|ed)|قائد
person | roles.leads | leads?|led|leader|head(?:s|ed)?|chief|secretary[- ]general|زعيم|يقود|بقيادة
person | roles.offices | minister|deputy|member of parliament|adviser|advisor|spokes\w+|official
person | names.names | also known as|known as|nom de guerre|المعروف\w*
person | affiliations.belongs_to | member of|joined|belongs? to|affiliat\w+
person | statements.said | sa(?:id|ys)|told|vow(?:s|ed)?|announced|قال
person | background.career | born|studied|career|served
event | claims_of_responsibility.claims | claim(?:s|ed)? (?:\w+ ){0,2}responsibility|تبن[تى]
event | attributions.accused | accus\w+|blam(?:e|es|ed|ing)|alleg\w+|اته[مّ]\w*
event | toll.killed | kill(?:ed|ing)|dead|died|deaths|قتل\w*|مقتل
event | toll.injured | injur\w+|wound\w+|جرح\w*
event | toll.abducted | abduct\w+|kidnap\w+
event | consequences.results | led to|in response|retaliat\w+|as a result|aftermath
event | who.perpetrators | carried out|attacked|shelled|fired|raided
event | where.place | took place in|in the (?:town|city|village|province|district)
event | when.date | took place|began|happened|on \d
"""


def _read() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {model: [] for model in ASPECTS}
    for row in _ROWS.strip().splitlines():
        model, key, words = (part.strip() for part in row.split(" | ", 2))
        if key not in ASPECTS[model]:
            raise ValueError(f"{key} is no aspect of a {model}")
        found[model].append((key, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)))
    return found


_WORDS = _read()


def aspect_of_passage(passage: str, model: str) -> str:
    """The aspect of a model's profiles that a passage speaks of, as `origins.founded`; empty where no word tells."""
    return next((key for key, words in _WORDS.get(model, ()) if words.search(passage)), "")
