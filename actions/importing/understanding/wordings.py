"""The wordings of column headings seen in plans and their cousins, and the roles that each can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..words import flat, squashed

# Each pattern is matched against the whole heading, lower case, without closing punctuation. Order matters: first wins.
# The number is how surely the wording means the role (a heading can mean several; the table decides).
_WORDINGS: tuple[tuple[str, float, str], ...] = (
    (
        "ref",
        1.0,
        r"#|q|qn|no|nos|no\.?|num|number|ref(?:erence)?(?: ?(?:no|number|#))?|(?:action|item|objective|serial|task|"
        r"activity|priority|line|row|point|pp|plan|rec(?:ommendation)?|risk|plan|prevent|theme|outcome|target)"
        r" ?(?:no|number|ref|reference|id|#)\.?|rec|id|item|code|s/?n|sl|serial|para(?:graph)?|ref\. ?no|"
        r"(?!.*(?:phone|tel|contact|mobile))(?:\w+ ){1,2}(?:no|number|id)|"
        r"ref(?:erence)?\.? to .*|(?:\w+ ){1,3}ref(?:erence)?\.?",
    ),
    (
        "rag",
        1.0,
        r"b?rag\b.*|.*\bb?rag(?:\*| rating| status| score|)?|rag/?b(?:lue)?|r/a/g|r\.a\.g|colour|traffic light.*|"
        r".*\(b?rag\)|bragg? .*|.*red.amber.green.*",
    ),
    (
        "start",
        1.0,
        r"(?:planned |proposed )?start(?:ing)?(?: date)?|date started|from|commence(?:ment)?(?: date)?|begin(?:s|"
        r"ning)?",
    ),
    (
        "due",
        0.9,
        r"(?:planned |proposed |forecast |estimated |likely |revised |original )*"
        r"(?:end|finish|completion|complete)(?: date| by)?|to",
    ),
    (
        "timescale",
        1.0,
        r"(?:key |target |proposed |anticipated |planned |agreed |delivery |action |implementation |original |initial |"
        r"revised |new |current |final |expected |completion |intended |forecast |estimated |scheduled |likely )*"
        r"(?:time[ -]?(?:scales?|frames?|lines?|table|limit|period)|deadlines?|target dates?|due(?: dates?| by)?|"
        r"by when|dates?|"
        r"completion dates?|target ?/ ?(?:review|due|end|completion) dates?|"
        r"dates? (?:for|of) (?:completion|implementation|delivery|action)|milestone dates?|"
        r"timing|schedule)"
        r"(?: ?[/&(] ?.*| for .*| of .*| and .*| to .*|\(s\))?",
    ),
    (
        "timescale",
        0.8,
        r"(?:key )?(?:output|target|milestone|deliverable)s?(?: target)?s? ?(?:and|&|/) ?(?:target )?"
        r"(?:dates?|time ?scales?|deadlines?)(?: ?\(s\))?",
    ),
    (
        "timescale",
        1.0,
        r"when|when\?.*|when (?:will|by|are|is|do).*|by when.*|"
        r"(?:to be )?(?:completed?|achieved?|implemented?|finish(?:ed)?) by(?: when| date)?|"
        r"date (?:to be )?(?:completed?|due|by|achieved|for)(?: by)?|status ?[-–—/&] ?deadline|"
        r"deadline ?[-–—/&] ?status|"
        r"(?:review|action|delivery) by|duration|frequency|target for completion|expected completion.*|"
        r"target completion.*|"
        r"completion target.*|due for completion|"
        r"(?:relevant |financial )*(?:fy|financial year)|"
        r"year(?: (?:to|of|for) (?:action|delivery|completion))?|quarter|target ?/ ?timescales?|implementation|period",
    ),
    (
        "support",
        1.0,
        r"(?:other |key |supporting |support(?:ing)? |delivery |contributing |joint |wider )+(?:partners?|"
        r"agenc(?:y|ies)|leads?|officers?|organisations?|owners?|services?|stakeholders?|involved)"
        r"(?:\(s\))?(?: involved)?|partners? (?:involved|to involve|organisations?)|support(?:ed by|ing)?|consultees?|"
        r"contributors?|task (?:and|&) finish groups?|with whom|who else .*|stakeholders?|others involved|secondary owner",
    ),
    (
        "owners",
        1.0,
        r"(?:action |priority |risk |objective |delivery |strategic |operational |accountable |responsible |"
        r"senior |executive |overall |prevent |key |named |project |council |main |lead |designated |identified |nominated |"
        r"proposed |assigned |allocated |service |corporate |board )*"
        r"(?:owners?|department|deliverers?|leads?|leaders?|"
        r"lead(?:ing)? (?:officers?|agenc(?:y|ies)|organisations?|partners?|person|"
        r"body|bodies|service|contact|professional|director|member|role|department)|"
        r"responsible(?: (?:officers?|person|people|persons|part(?:y|ies)|bod(?:y|ies)|agenc(?:y|ies)|leads?|"
        r"organisations?|owner|manager|for))?|"
        r"responsibilit(?:y|ies)(?: of| for.*)?|accountab(?:le|ility)(?: (?:officers?|person|bod(?:y|ies)|lead))?|"
        r"persons?(?:\(s\))? (?:responsible|accountable|leading)|officers?(?: responsible)?|agenc(?:y|"
        r"ies)(?: responsible)?)"
        r"(?:\(s\))?(?: ?[/&(,].*| and .*| or .*| for .*| responsible.*)?",
    ),
    (
        "owners",
        1.0,
        r"(?:teams?|services?|departments?|officers?|organisations?|agenc(?:y|ies)|partners?) to (?:deliver|lead|act).*|"
        r"(?:by |with )?who|who\?.*|who (?:will|is|by|leads|are|by whom|does|should|needs).*|by whom.*|whom|"
        r"(?:delivery |action |work |activity )?(?:led|lead|owned|delivered|taken|managed|overseen|undertaken) by.*|action by|"
        r"assigned(?: to)?|allocated to|delivered by|"
        r"resp\.?|responsible.*|owned by|to be (?:delivered|led|actioned|done|completed) by|actionee|lead\(s\)|"
        r"leads?/.*|lead (?!.*\b(?:comment|update|progress|note)).*|.*\bresponsible|people|by|"
        r"organisations?|lead/s|.*lead officer.*|.*lead agency.*|.*lead organisation.*|.*lead partner.*|partners?|"
        r"named lead.*|staff responsible|roles?|team|department|service(?: area)?|directorate",
    ),
    (
        "progress",
        1.1,
        r"(?:key )?(?:actions?|activit(?:y|ies)|work)(?: already| previously)? (?:completed?|taken|to date|"
        r"undertaken|done|so far|delivered|in place)(?: so far| to date)?",
    ),
    (
        "progress",
        1.0,
        r"(?:current |latest |action |overall |quarterly |monthly |end of year |mid[ -]year |q[1-4] |evidence of |"
        r"status |review of |summary of )*"
        r"(?:progress|updates?|comments?|commentary|position|status report)(?:\b.*)?",
    ),
    (
        "progress",
        0.9,
        r"work (?:to date|completed|done|undertaken)|(?:actions? |activity )(?:completed|taken|to date|undertaken|"
        r"so far)|(?:current|existing|present) "
        r"(?:position|situation|status|arrangements?|activity|provision|practice|work|controls?|measures?)|"
        r"what (?:we have|have we|we've|has been) done.*|achievements?.*|"
        r"what (?:are we|we are) (?:currently )?doing.*|response|notes?|notes? ?[/&] ?.*|remarks?|"
        r"where are we now.*|what is (?:already )?in place.*|in place|"
        r"outcome ?/ ?progress|comments? ?[/&] ?.*|completed\??|completed? ?(?:y/n|date)?|date completed|"
        r"q[1-4](?: .*)?|(?:rag )?rationale|evidence|self[- ]assessment|"
        r"narrative|activity/progress|reviews?|review(?: [\w/]+){1,3}|outturn|what'?s in place.*|baseline|"
        r"summary of progress|assessment",
    ),
    (
        "status",
        1.0,
        r"(?:current |action |delivery |progress |completion |overall )*(?:status|state)(?:\b.*)?|rating|"
        r"complete\?|traffic|on track\??|score|delivery confidence",
    ),
    (
        "text",
        1.0,
        r"(?:key |specific |further |required |agreed |proposed |planned |recommended |main |our |priority |"
        r"prevent |new |detailed |strategic |improvement |mitigating |local |delivery |individual )*"
        r"actions?(?:\(s\)|/s)?(?: ?(?:points?|items?|required|needed|to be taken|to (?:be )?(?:completed?|"
        r"address.*|mitigate.*|improve.*|take.*|achieve.*|deliver.*|meet.*|reduce.*)|planned|description|detail|"
        r"details|"
        r"plan|proposed|agreed|steps?|identified|outstanding|we will take.*|for .*|in .*))?(?: ?[/&(–-].*| and .*)?",
    ),
    (
        "text",
        1.0,
        r"what (?!(?:will |does |would )?(?:success|good|difference|impact)\b|will (?:it|this|be|change))"
        r"(?:we|will|are we|needs?|do we|must|action|is to|is going|you|the|should|has to|shall).*|(?:we|"
        r"our) (?:will|commit(?:ment)?s?).*|further action.*|action\(s\) .*|actions? .*|"
        r"how (?:we will|will we|we'll|are we going to|we plan to|it will be|will this be|shall we)(?! know|"
        r" measure| evidence| monitor| tell).*|"
        r"(?:key |specific |main )?(?:tasks?|activit(?:y|ies)|deliverables?|interventions?|commitments?|steps?|resolutions?|"
        r"measures? to be taken|next steps?|initiatives?|recommendations?|"
        r"improvements?(?: required| needed)?|areas? for (?:improvement|development)|development(?:s| needed)|"
        r"objectives? ?/ ?actions?|activity ?/ ?actions?|"
        r"milestones?|requirements?|projects?|mitigations?(?: actions?)?|work ?streams? activity|"
        r"delivery(?: activity| plan)?|"
        r"(?:local |specific |further )?proposals?|to do|deliverable.*|key activity.*|activit(?:y|ies) .*|"
        r"tasks? (?!(?:and|&) finish).*|(?:themes?|objectives?|priorities|aims?|outcomes?) (?:and|&) actions?|"
        r"summary of (?:activity|work|action).*|(?:work|activity|development) required.*|"
        r"planned (?:activity|work).*|tactics?|actions? ?/.*|method|approach|how\??)",
    ),
    (
        "measure",
        1.0,
        r"(?:key |success |performance |outcome |output |impact |quality |outcomes? and |measures? (?:of|"
        r"for) )*(?:measures?|measurements?|indicators?|criteria|metrics?|kpis?|success|targets?|monitoring|"
        r"evaluation)"
        r"(?: (?:of|for|and) .*| ?[/&(].*|\(s\))?|success looks like.*",
    ),
    (
        "measure",
        1.0,
        r"how (?:will|do|can|would|we will|we'll|are) (?:we |you |it |this |success |be |impact |progress |"
        r")*(?:know|measure|measured|evidence|evidenced|monitor|tell|show|evaluate|demonstrate|be measured).*|"
        r"what (?:will |does )?(?:success|good|difference|impact).*|"
        r"measures? .*|evidence (?:of|required|base|to).*|(?:expected|intended|desired|anticipated|key|planned|"
        r"target|proposed|success) (?:outcomes?|outputs?|impacts?|results?|benefits?).*|"
        r"(?:outputs?|results?|impacts?|benefits?)(?: ?[/&(].*| and .*)?|(?:outcomes?)(?: ?[/&(].*| and .*|\(s\))?|"
        r"success .*|difference .*|monitored by|monitoring .*|why|.*success measures?.*|.*performance measures?.*|"
        r"deliverables?/outcomes?|target ?/ ?.*",
    ),
    (
        "group",
        0.9,
        r"(?:key |strategic |prevent |national |local |overarching |our |main |high[- ]level |plan |duty |"
        r"statutory |delivery |policy |core |contest |ho |home office |relevant )*"
        r"(?:objectives?|priorit(?:y|ies)|themes?|strands?|aims?|goals?|areas?|categor(?:y|ies)|work ?streams?|"
        r"pillars?|standards?|benchmarks?|sections?|portfolios?|topics?|issues?|focus|domains?|"
        r"dut(?:y|ies)|requirements?|subjects?|heading|elements?|ambitions?|principles?|functions?|sectors?|"
        r"programmes?|workstrands?|areas? of (?:focus|guidance|work|activity|duty|risk|concern|responsibility|"
        r"delivery|practice|action)|focus areas?|"
        r"area for (?:action|focus)|key lines? of enquiry|bucket|"
        r"risk (?:titles?|areas?|categor(?:y|ies)|themes?))(?: ?[/&(:].*| and .*| area| no.*|\(s\)| \d.*| of .*|"
        r" for .*| from .*)?",
    ),
    (
        "group",
        0.7,
        r"key extracts?.*|extracts?.*|(?:prevent )?(?:duty )?guidance.*|expectations?.*|criteri(?:a|on)|"
        r"statutory .*|recommendations?.*|(?:key )?activit(?:y|ies)|(?:key )?outcomes?(?: ?[/&(].*)?|"
        r"requirements? .*|what|questions?|toolkit .*|self[- ]assessment (?:question|criteria|area).*|outcome \d.*|"
        r"what do we want to achieve.*|what (?:are we|we are) trying to achieve.*|what we want to achieve.*|"
        r"desired outcomes?|intended outcomes?|strategic .*|statements?|descriptors?|"
        r"risks?(?: ?(?:/|or|and) ?(?:vulnerabilit(?:y|ies)|"
        r"issues?|threats?))?|vulnerabilit(?:y|ies)|risk identified|identified risks?|gaps?.*|need.*|findings?.*|"
        r"key findings?|challenges?|threats?|projects?|deliverables?|projects?|links? to .*",
    ),
    ("text", 0.6, r"what\??"),
    (
        "extra",
        1.0,
        r"(?:resources?|costs?|budgets?|funding|finance|cost implications?)(?:\b.*)?|"
        r"risks?(?! (?:titles?|areas?|categor|themes?))(?:\b.*)?|"
        r"links?(?:\b.*)?|barriers?.*|dependenc(?:y|ies)|documents?|likelihood.*|impact.*|"
        r"priority level|hazards?|controls?|mitigation.*|source|strategy link|reports? to|governance.*|assurance.*|"
        r"forecast.*|confidence.*|importance|urgency|h/m/l|"
        r"high/medium/low|training|audience|target (?:audience|group)s?|location|venue|description|details?|"
        r"background|rationale|context|why (?:is|are|do|does|this|we|it)\b.*",
    ),
)
_COMPILED = tuple((role, weight, re.compile(f"(?:{pattern})", re.I)) for role, weight, pattern in _WORDINGS)

# Words that give a heading away when the whole of it is no known wording: "Who's leading?", "What more will we do?".
_HINTS: tuple[tuple[str, str], ...] = (
    ("rag", r"b?rag"),
    (
        "extra",
        r"scores?|likelihood|severity|controls?|costs?|budget|funding|risks?|raised|opened|closed|logged|added|last|"
        r"created|modified|entered|received|identified|issued|date (?:agreed|set|approved|reviewed)",
    ),
    (
        "progress",
        r"updates?|progress|comments?|commentary|position|so far|to date|going|achieved|already|now|notes?|response",
    ),
    (
        "owners",
        r"who(?:se|m|'s|’s)?|lead(?:s|ing)?|owners?|owned|resp|responsib\w+|accountab\w+|officers?|assigned|agenc(?:y|ies)",
    ),
    ("timescale", r"when|dates?|deadlines?|time ?(?:scale|frame|line)s?|due|timing"),
    ("measure", r"measures?|measured?|success|kpis?|indicators?|outcomes?|impact|evidence"),
    ("text", r"actions?|activit(?:y|ies)|tasks?|(?:we|you|be) (?:do|done|doing)|will we|we will|steps?|needed"),
    ("group", r"objectives?|priorit(?:y|ies)|themes?|strands?|areas?|aims?|standards?|gaps?|issues?|vulnerabilit\w+"),
)
_HINTED = tuple((role, re.compile(rf"\b(?:{pattern})\b", re.I)) for role, pattern in _HINTS)
_HINT = 0.5

_SHORTENED = re.compile(r"\b(resp|ref|no|org|dept|est|approx|incl|prev|temp)\.(?=\s)", re.I)
_NOT_HEADERS = re.compile(r"[.!;]\s+\S|^\d{1,2}[./]\d|^\(?\d{4}\)?$")
_COUNTED = re.compile(r"^(?:\(?\d{1,2}[.)]|\(?[a-h]\)|col(?:umn)? ?\d:?)\s+(?=[A-Za-z])", re.I)


_REMARK = re.compile(r"\s*\([^)]{12,}\)$")
"""A long remark in brackets after a heading: how the column is to be filled in."""
_ASIDE = re.compile(r"(.+?)\s*\(([^()]{4,})\)$")
"""Words of a heading and what stands after them in brackets: either may say what the column is."""


@lru_cache(maxsize=4096)
def readings_of(heading: str) -> list[tuple[str, float]]:
    """The roles that the words of a heading can mean, each with its weight, likeliest first."""
    words = _COUNTED.sub("", _SHORTENED.sub(r"\1", re.sub(r"[*†‡¹²³]", "", squashed(heading)))).strip(" ?:")
    words = _REMARK.sub("", words)
    words = re.sub(r"\s*\[(?:[ivx]{1,4}|\d{1,2})\]$", "", words)
    if not words or len(words) > 90 or _NOT_HEADERS.search(words):
        return []
    if re.fullmatch(r"(?:yes|y)\b.*\bno?(?: ?/ ?.*)?|.*\byes ?/ ?no\b.*", words):
        return [("extra", 1.0)]
    found: dict[str, float] = {}
    for role, weight, pattern in _COMPILED:
        if role not in found and pattern.fullmatch(words):
            found[role] = weight - 0.01 * len(found)
    if not found and (aside := _ASIDE.match(words)):
        found = dict(_known(aside.group(1)) or _known(aside.group(2)))
    if not found and (pieces := re.split(r"\s*(?:[-–—/&,]|\band\b)\s*", words))[1:]:
        found = dict(next((known for piece in pieces if (known := _known(piece))), []))
    if not found and len(words.split()) <= 9:
        found = dict(next(([(role, _HINT)] for role, pattern in _HINTED if pattern.search(words)), []))
    return sorted(found.items(), key=lambda item: -item[1])


def _known(words: str) -> list[tuple[str, float]]:
    """The readings of a part of a heading, only where they do not rest on a single word in it."""
    return [(role, weight) for role, weight in readings_of(words) if weight > _HINT]


_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
"""A day that names a column of how things stood on it."""


def header_score(texts: Iterable[str]) -> float:
    """How much a row looks like a header: 0 to 1. Distinct words of columns, short, several different roles."""
    worded = [_REMARK.sub("", flat(text)) for text in texts if text.strip()]
    worded = [text for text in worded if not _DAY.fullmatch(text)] if len(worded) > 4 else worded
    if len(worded) < 2 or any(len(text) > 110 for text in worded):
        return 0.0
    read = [readings_of(text) for text in worded]
    sure = [found for found in read if any(weight > _HINT for _, weight in found)]
    roles = {role for found in read for role, _ in found}
    essential = roles & {"text", "group", "progress", "measure"} and (roles - {"group"})
    if len(sure) < 2 or len(roles) < 2 or not essential:
        return 0.0
    words = sum(len(text.split()) for text in worded) / len(worded)
    hinted = sum(bool(found) for found in read) - len(sure)
    share = (len(sure) + hinted / 2) / len(worded)
    return share if words <= 9 else share * 0.6
