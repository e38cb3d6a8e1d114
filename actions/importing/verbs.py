"""The verbs that plans begin their actions with."""

from __future__ import annotations

import re

from .words import words_of

_VERBS = words_of(
    """
    accept achieve act adapt add address adopt advise agree align analyse appoint apply approve arrange
    articulate ask assess assist attend audit be begin brief build capture carry cascade challenge champion
    check circulate clarify co-design co-ordinate collaborate collate collect commission communicate compile
    complete conduct confirm consider consolidate consult contact continue contribute coordinate create deliver
    deploy design determine develop disseminate discuss distribute document draft draw embed empower enable
    encourage engage enhance ensure equip establish evaluate evidence examine expand explore extend facilitate
    finalise find focus follow formalise formulate foster fund gather give grow hold host identify implement
    improve include incorporate increase influence inform initiate integrate introduce investigate invite invest
    issue join keep launch lead learn liaise link list maintain make manage map market measure meet mitigate
    mobilise monitor nominate obtain offer operate organise oversee participate partner pilot plan prepare
    present prevent prioritise process procure produce profile promote provide publicise publish put raise reach
    receive recruit redesign reduce refer refine refresh reinforce remind renew report request require research
    resource respond review revise roll run safeguard scope second secure seek select send set share signpost
    source specify stage standardise strengthen submit support survey sustain tackle take target tell test track
    train transfer translate try undertake understand update upskill use utilise verify work write
    """
)


def begins_like_action(text: str) -> bool:
    """Whether a sentence begins with a verb that plans use for actions."""
    words = re.sub(r"^(?:to|and|we will|will)\s+", "", text.casefold()).split()
    return bool(words) and len(words) >= 3 and (words[0].strip(",") in _VERBS or words[0].endswith("ing"))
