"""The verbs that plans begin their actions with."""

from __future__ import annotations

import re

from .words import words_of

_VERBS = words_of(
    """
    accept achieve act adapt add address adopt advise agree align amend analyse apply appoint appraise
    approve arrange articulate ask assess assist attend audit authorise be begin bid brief bring build
    buy capture carry cascade challenge champion check circulate clarify co-design co-ordinate
    collaborate collate collect commission communicate compile complete conduct confirm consider
    consolidate consult contact continue contribute convene coordinate create define delegate deliver
    demonstrate deploy design determine develop discuss disseminate distribute document draft draw
    educate eliminate embed empower enable encourage enforce engage enhance enrol ensure equip escalate
    establish evaluate evidence examine expand explore extend facilitate finalise find focus follow
    formalise formulate foster fund gain gather give grow help hold host identify implement improve
    include incorporate increase influence inform initiate inspect install instigate integrate introduce
    invest investigate invite issue join keep launch lead learn liaise link list lobby maintain make
    manage map market measure meet mitigate mobilise monitor negotiate nominate notify observe obtain
    offer operate organise oversee participate partner perform pilot plan prepare present prevent
    prioritise process procure produce profile promote protect provide publicise publish purchase put
    raise reach receive recognise recommend recover recruit redesign reduce refer refine refresh
    register regulate rehearse reinforce reissue remind remove renew reorganise repair replace report
    request require research resource respond restore retain review revise rewrite roll run safeguard
    scope second secure seek select send set share signpost simplify solve source specify stage
    standardise start stop streamline strengthen submit summarise supervise support survey sustain
    tackle take target teach tell test trace track train transfer transform translate trial try
    understand undertake update upskill use utilise verify visit widen work write
    """
)


def begins_like_action(text: str) -> bool:
    """Whether a sentence begins with a verb that plans use for actions."""
    words = re.sub(r"^(?:to|and|we will|will)\s+", "", text.casefold()).split()
    return bool(words) and len(words) >= 3 and (words[0].strip(",") in _VERBS or words[0].endswith("ing"))
