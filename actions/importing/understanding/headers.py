"""What the columns of a table are, from the words of the header and from what stands under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ..words import flat, squashed

ROLES = ("ref", "group", "text", "owners", "support", "timescale", "start", "due", "rag", "status", "measure", "progress",
         "extra", "ignore")
"""What a column can be. "support" and "extra" are kept as extra columns of the plan under their own heading."""

# Each pattern is matched against the whole heading, lower case, without closing punctuation. Order matters: first wins.
# The number is how surely the wording means the role (a heading can mean several; the table decides).
_WORDINGS: tuple[tuple[str, float, str], ...] = (
    ("ref", 1.0, r"#|no|nos|no\.?|num|number|ref(?:erence)?(?: ?(?:no|number|#))?|(?:action|item|objective|serial|task|activity|priority|line|row|point|rec(?:ommendation)?|risk|plan|prevent|theme|outcome|target)"
                 r" ?(?:no|number|ref|reference|id|#)\.?|id|item|s/?n|sl|serial|para(?:graph)?|ref\. ?no"),
    ("rag", 1.0, r"b?rag\b.*|.*\bb?rag(?:\*| rating| status| score|)?|rag/?b(?:lue)?|r/a/g|r\.a\.g|colour|traffic light.*|.*\(b?rag\)|bragg? .*|.*red.amber.green.*"),
    ("start", 1.0, r"(?:planned |proposed )?start(?:ing)?(?: date)?|date started|from|commence(?:ment)?(?: date)?|begin(?:s|ning)?"),
    ("due", 0.9, r"(?:planned |proposed )?(?:end|finish|completion|complete)(?: date| by)?|to"),
    ("timescale", 1.0, r"(?:key |target |proposed |anticipated |planned |agreed |delivery |action |implementation )*"
                       r"(?:time[ -]?(?:scales?|frames?|lines?|table|limit|period)|deadlines?|target dates?|due(?: dates?| by)?|by when|dates?|"
                       r"completion dates?|dates? (?:for|of) (?:completion|implementation|delivery|action)|milestone dates?|timing|schedule)"
                       r"(?: ?[/&(] ?.*| for .*| of .*| and .*| to .*|\(s\))?"),
    ("timescale", 1.0, r"when|when\?.*|when (?:will|by|are|is|do).*|by when.*|(?:to be )?complete[d]? by(?: when| date)?|"
                       r"date (?:to be )?(?:completed?|due|by|achieved|for)(?: by)?|status ?[-–—/&] ?deadline|deadline ?[-–—/&] ?status|"
                       r"(?:review|action|delivery) by|duration|frequency|target for completion|expected completion.*|target completion.*|"
                       r"completion target.*|due for completion|year|quarter|target ?/ ?timescales?|implementation|period"),
    ("support", 1.0, r"(?:other |key |supporting |support(?:ing)? |delivery |contributing |joint |wider )+(?:partners?|agenc(?:y|ies)|leads?|officers?|organisations?|owners?|services?|stakeholders?|involved)"
                     r"(?: involved)?|partners? (?:involved|to involve|organisations?)|support(?:ed by|ing)?|consultees?|contributors?|with whom|stakeholders?|others involved|secondary owner"),
    ("owners", 1.0, r"(?:action |priority |risk |objective |delivery |strategic |operational |accountable |responsible |overall |prevent |key |named |project |council |main |lead )*"
                    r"(?:owners?|leads?|leaders?|lead(?:ing)? (?:officers?|agenc(?:y|ies)|organisations?|partners?|person|body|bodies|service|contact|professional|director|member|role|department)|"
                    r"responsible(?: (?:officers?|person|people|persons|part(?:y|ies)|bod(?:y|ies)|agenc(?:y|ies)|leads?|organisations?|owner|manager|for))?|"
                    r"responsibilit(?:y|ies)(?: of| for.*)?|accountab(?:le|ility)(?: (?:officers?|person|bod(?:y|ies)|lead))?|"
                    r"persons?(?:\(s\))? (?:responsible|accountable|leading)|officers?(?: responsible)?|agenc(?:y|ies)(?: responsible)?)"
                    r"(?:\(s\))?(?: ?[/&(,].*| and .*| or .*| for .*| responsible.*)?"),
    ("owners", 1.0, r"(?:by |with )?who|who\?.*|who (?:will|is|by|leads|are|by whom|does|should|needs).*|by whom.*|whom|led by.*|lead by|action by|assigned(?: to)?|allocated to|delivered by|"
                    r"resp\.?|responsible.*|owned by|to be (?:delivered|led|actioned|done|completed) by|actionee|lead\(s\)|leads?/.*|lead .*|.*\bresponsible|people|by|"
                    r"organisations?|lead/s|.*lead officer.*|.*lead agency.*|.*lead organisation.*|.*lead partner.*|partners?|named lead.*|staff responsible|roles?|team|department|service area|directorate"),
    ("progress", 1.1, r"(?:key )?(?:actions?|activit(?:y|ies)|work)(?: already| previously)? (?:completed?|taken|to date|undertaken|done|so far|delivered|in place)(?: so far| to date)?"),
    ("progress", 1.0, r"(?:current |latest |action |overall |quarterly |monthly |end of year |mid[ -]year |q[1-4] |evidence of |status |review of |summary of )*"
                      r"(?:progress|updates?|comments?|commentary|position|status report)(?:\b.*)?"),
    ("progress", 0.9, r"work (?:to date|completed|done|undertaken)|(?:actions? |activity )(?:completed|taken|to date|undertaken|so far)|(?:current|existing|present) "
                      r"(?:position|situation|status|arrangements?|activity|provision|practice|work|controls?|measures?)|what (?:we have|have we|we've|has been) done.*|achievements?.*|"
                      r"what (?:are we|we are) (?:currently )?doing.*|response|notes?|notes? ?[/&] ?.*|remarks?|where are we now.*|what is (?:already )?in place.*|in place|"
                      r"outcome ?/ ?progress|comments? ?[/&] ?.*|completed\??|completed? ?(?:y/n|date)?|date completed|q[1-4](?: .*)?|(?:rag )?rationale|evidence|self[- ]assessment|"
                      r"activity/progress|reviews?|review .*|outturn|what'?s in place.*|baseline|summary of progress|assessment"),
    ("status", 1.0, r"(?:current |action |delivery |progress |completion |overall )*(?:status|state)(?:\b.*)?|rating|complete\?|traffic|on track\??|score"),
    ("text", 1.0, r"(?:key |specific |further |required |agreed |proposed |planned |recommended |main |our |priority |prevent |new |detailed |strategic |improvement |mitigating |local |delivery |individual )*"
                  r"actions?(?:\(s\)|/s)?(?: ?(?:points?|items?|required|needed|to be taken|to (?:be )?(?:completed?|address.*|mitigate.*|improve.*|take.*|achieve.*|deliver.*|meet.*|reduce.*)|planned|description|detail|details|"
                  r"plan|proposed|agreed|steps?|identified|outstanding|we will take.*|for .*|in .*))?(?: ?[/&(–-].*| and .*)?"),
    ("text", 1.0, r"what (?:we|will|are we|needs?|do we|must|action|is to|is going|you|the|should|has to|shall).*|(?:we|our) (?:will|commit(?:ment)?s?).*|further action.*|action\(s\) .*|actions? .*|"
                  r"how (?:we will|will we|we'll|are we going to|we plan to|it will be|will this be|shall we)(?! know| measure| evidence| monitor| tell).*|"
                  r"(?:key |specific |main )?(?:tasks?|activit(?:y|ies)|deliverables?|interventions?|commitments?|steps?|measures? to be taken|next steps?|initiatives?|recommendations?|"
                  r"improvements?(?: required| needed)?|areas? for (?:improvement|development)|development(?:s| needed)|objectives? ?/ ?actions?|activity ?/ ?actions?|"
                  r"milestones?|requirements?|projects?|mitigations?(?: actions?)?|work ?streams? activity|delivery(?: activity| plan)?|proposals?|to do|deliverable.*|key activity.*|activit(?:y|ies) .*|"
                  r"tasks? .*|summary of (?:activity|work|action).*|(?:work|activity|development) required.*|planned (?:activity|work).*|tactics?|actions? ?/.*|method|approach|how\??)"),
    ("measure", 1.0, r"(?:key |success |performance |outcome |output |impact |quality |outcomes? and |measures? (?:of|for) )*(?:measures?|measurements?|indicators?|criteria|metrics?|kpis?|success|targets?|monitoring|evaluation)"
                     r"(?: (?:of|for|and) .*| ?[/&(].*|\(s\))?|success looks like.*"),
    ("measure", 1.0, r"how (?:will|do|can|would|we will|we'll|are) (?:we |you |it |this |success |be |impact |progress |)*(?:know|measure|measured|evidence|evidenced|monitor|tell|show|evaluate|demonstrate|be measured).*|what (?:will |does )?(?:success|good|difference|impact).*|"
                     r"measures? .*|evidence (?:of|required|base|to).*|(?:expected|intended|desired|anticipated|key|planned|target|proposed|success) (?:outcomes?|outputs?|impacts?|results?|benefits?).*|"
                     r"(?:outputs?|results?|impacts?|benefits?)(?: ?[/&(].*| and .*)?|(?:outcomes?)(?: ?[/&(].*| and .*|\(s\))?|success .*|difference .*|monitored by|monitoring .*|why|.*success measures?.*|.*performance measures?.*|deliverables?/outcomes?|target ?/ ?.*"),
    ("group", 0.9, r"(?:key |strategic |prevent |national |local |overarching |our |main |high[- ]level |plan |duty |statutory |delivery |policy |core |contest |ho |home office |relevant )*"
                   r"(?:objectives?|priorit(?:y|ies)|themes?|strands?|aims?|goals?|areas?|categor(?:y|ies)|work ?streams?|pillars?|standards?|benchmarks?|sections?|topics?|issues?|focus|domains?|"
                   r"dut(?:y|ies)|requirements?|subjects?|heading|elements?|ambitions?|principles?|functions?|sectors?|programmes?|workstrands?|areas? of (?:focus|guidance|work|activity|duty|risk|concern|responsibility|delivery|practice|action)|focus areas?|"
                   r"area for (?:action|focus)|key lines? of enquiry)(?: ?[/&(:].*| and .*| area| no.*|\(s\)| \d.*| of .*| for .*| from .*)?"),
    ("group", 0.7, r"key extracts?.*|extracts?.*|(?:prevent )?(?:duty )?guidance.*|expectations?.*|criteri(?:a|on)|statutory .*|recommendations?.*|(?:key )?activit(?:y|ies)|(?:key )?outcomes?(?: ?[/&(].*)?|"
                   r"requirements? .*|what|questions?|toolkit .*|self[- ]assessment (?:question|criteria|area).*|outcome \d.*|what do we want to achieve.*|what (?:are we|we are) trying to achieve.*|what we want to achieve.*|"
                   r"desired outcomes?|intended outcomes?|strategic .*|risks?(?: ?(?:/|or|and) ?(?:vulnerabilit(?:y|ies)|issues?|threats?))?|vulnerabilit(?:y|ies)|risk identified|identified risks?|gaps?.*|need.*|findings?.*|key findings?|challenges?|threats?|projects?|deliverables?|projects?|links? to .*"),
    ("extra", 1.0, r"(?:resources?|costs?|budgets?|funding|finance|cost implications?)(?:\b.*)?|risks?(?:\b.*)?|links?(?:\b.*)?|barriers?.*|dependenc(?:y|ies)|documents?|likelihood.*|impact.*|"
                   r"priority level|hazards?|controls?|mitigation.*|source|strategy link|reports? to|governance.*|assurance.*|forecast.*|confidence.*|importance|urgency|h/m/l|"
                   r"high/medium/low|training|audience|target (?:audience|group)s?|location|venue|description|details?|background|rationale|context"),
)
_COMPILED = tuple((role, weight, re.compile(f"(?:{pattern})", re.I)) for role, weight, pattern in _WORDINGS)

_NOT_HEADERS = re.compile(r"[.!;]\s+\S|^\d{1,2}[./]\d|^\(?\d{4}\)?$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading as printed, its role and why."""

    index: int
    heading: str
    role: str
    why: str = ""


@dataclass(slots=True)
class Layout:
    """The columns of a plan table, by role."""

    columns: list[Column] = field(default_factory=list)
    headerless: bool = False

    def of(self, role: str) -> list[int]:
        """The places of all columns with this role, left to right."""
        return [column.index for column in self.columns if column.role == role]

    def first(self, role: str) -> int | None:
        """The place of the first column with this role."""
        return next((column.index for column in self.columns if column.role == role), None)

    def heading(self, index: int) -> str:
        return next((column.heading for column in self.columns if column.index == index), "")

    def role(self, index: int) -> str:
        return next((column.role for column in self.columns if column.index == index), "extra")


@lru_cache(maxsize=4096)
def readings_of(heading: str) -> list[tuple[str, float]]:
    """The roles that the words of a heading can mean, each with its weight, likeliest first."""
    words = re.sub(r"[*†‡¹²³]", "", squashed(heading)).strip(" ?:")
    words = re.sub(r"\s*\([^)]{12,}\)$", "", words)
    if not words or len(words) > 90 or _NOT_HEADERS.search(words):
        return []
    found: dict[str, float] = {}
    for role, weight, pattern in _COMPILED:
        if role not in found and pattern.fullmatch(words):
            found[role] = weight - 0.01 * len(found)
    if not found and (pieces := re.split(r"\s*(?:[-–—/&,]|\band\b)\s*", words))[1:]:
        return next((readings for piece in pieces if (readings := readings_of(piece))), [])
    return sorted(found.items(), key=lambda item: -item[1])


def header_score(texts: Iterable[str]) -> float:
    """How much a row looks like a header: 0 to 1. Distinct words of columns, short, several different roles."""
    worded = [text for text in texts if text.strip()]
    if len(worded) < 2 or any(len(flat(text)) > 110 for text in worded):
        return 0.0
    read = [readings_of(text) for text in worded]
    matched = [roles for roles in read if roles]
    roles = {role for found in matched for role, _ in found}
    essential = roles & {"text", "group", "progress", "measure"} and (roles - {"group"})
    if len(matched) < 2 or len(roles) < 2 or not essential:
        return 0.0
    words = sum(len(text.split()) for text in worded) / len(worded)
    share = len(matched) / len(worded)
    return share if words <= 9 else share * 0.6


def lay_out(headings: dict[int, str], body: list[list[str]], spans: dict[int, bool] | None = None) -> Layout:
    """Give each column one role.

    `headings` maps a column to its printed heading, `body` has the rows under it (one text per column), `spans` says
    which columns have cells merged down the side. Headings that mean several things are settled by their
    neighbours and by the values below.
    """
    profiles = {index: Profile.of([row[index] for row in body if index < len(row)]) for index in headings}
    merged = spans or {}
    options = {index: dict(readings_of(heading)) for index, heading in headings.items()}
    roles: dict[int, tuple[str, str]] = {}
    if any(re.match(r"likelihood|probability", squashed(heading)) for heading in headings.values()):
        for index in headings:
            if re.search(r"impact|score|rating|severity|likelihood|probability", squashed(headings[index])):
                options[index] = {"extra": 1.0}
    text = _text_column(headings, options, profiles, merged)
    if text is None:
        text = _stand_in_for_text(headings, options, profiles, merged)
    if text is not None:
        roles[text] = ("text", f"its heading “{flat(headings[text])}” names the actions" if options[text] else
                       "it holds the longest wording")
    for index in headings:
        if index != text:
            roles[index] = _role(index, text, headings, options[index], profiles[index], merged)
    _only_one(roles, "ref", headings, profiles)
    _settle_owners(roles, headings, profiles)
    _settle_status(roles, profiles)
    columns = [Column(index, flat(headings[index]), *roles[index]) for index in sorted(headings)]
    return Layout(columns)


def _text_column(headings: dict[int, str], options: dict[int, dict[str, float]], profiles: dict[int, Profile],
                 merged: dict[int, bool]) -> int | None:
    """The column of the actions: the best named one that has words; the finest grained of several."""
    named = [index for index in headings if "text" in options[index] and _main(options[index]) in ("text", "group", "measure")]
    if not named:
        named = [index for index in headings if "text" in options[index]]
    if named:
        def strength(index: int) -> tuple[float, ...]:
            words = squashed(headings[index])
            action = bool(re.search(r"\baction", words)) and not re.search(r"\b(?:completed|taken|to date|plan ref)\b", words)
            broad = bool(re.fullmatch(r"recommendations?|(?:key )?milestones?|projects?|requirements?|deliverables?|mitigations?", words))
            how = bool(re.match(r"how\b", words)) and any(re.match(r"what\b", squashed(headings[other])) for other in named)
            profile = profiles[index]
            coarse = profile.filled and profile.repeats > 0.4 or merged.get(index, False)
            return (float(bool(profile.filled)), float(not broad), float(not coarse), float(action), float(not how),
                    options[index]["text"], float(index))
        return max(named, key=strength)
    return None


def _stand_in_for_text(headings: dict[int, str], options: dict[int, dict[str, float]], profiles: dict[int, Profile],
                       merged: dict[int, bool]) -> int | None:
    """With owners and dates but no column called actions, the last objective-like or unnamed column with real wording."""
    roles = {_main(options[index]) for index in headings}
    if "owners" not in roles and "support" not in roles or not roles & {"timescale", "rag", "status", "measure", "progress", "due"}:
        return None
    owners = min(index for index in headings if _main(options[index]) in ("owners", "support"))

    def worth(index: int) -> tuple[float, ...]:
        profile, main = profiles[index], _main(options[index])
        coarse = merged.get(index, False) or profile.repeats > 0.4
        return (float(profile.words >= 3), float(main == "group" or "group" in options[index]), float(not main), float(not coarse),
                float(index < owners), profile.words)
    wordy = [index for index in headings if _main(options[index]) in ("group", "measure", "extra", "")
             and profiles[index].filled and profiles[index].words >= 2 and profiles[index].parties < 0.9]
    return max(wordy, key=worth, default=None)


def _main(options: dict[str, float]) -> str:
    return max(options, key=lambda role: options[role]) if options else ""


def _role(index: int, text: int | None, headings: dict[int, str], options: dict[str, float], profile: Profile,
          merged: dict[int, bool]) -> tuple[str, str]:
    heading = flat(headings[index])
    named = f"its heading is “{heading}”"
    if not options:
        return _role_by_values(index, text, heading, profile, merged)
    ordered = list(options)
    if ordered[0] == "rag" or "rag" in options:
        return "rag", named
    if "ref" in options and (profile.refs >= 0.5 or not profile.filled or index == 0 and profile.words < 4):
        return "ref", named
    if ordered[0] == "progress" and options["progress"] > 1:
        return "progress", named
    if ordered[0] == "ref":
        return ("group", f"{named} but it holds headings") if text is not None and index < text else ("extra", named)
    before = text is not None and index < text
    if "text" in options and text is not None:
        if before:
            return "group", f"{named} and the actions stand beside it"
        rest = [role for role in ordered if role not in ("text", "group")]
        if not rest and merged.get(index):
            return "group", f"{named} and its cells are merged down the side"
        return (rest[0], named) if rest else ("extra", f"{named} beside the actions")
    if "group" in options:
        structural = merged.get(index) or profile.repeats > 0.3 or profile.gaps > 0.3
        if ordered[0] == "group" or (before and structural) or (before and index <= 1 and ordered[0] == "measure"):
            if before or structural and ordered[0] == "group" and "measure" not in options:
                return "group", named
            if "measure" in options:
                return "measure", named
            return ("extra", named)
    if ordered[0] == "measure" and before and (merged.get(index) or profile.repeats > 0.3):
        return "group", f"{named} and it repeats over several actions"
    return ordered[0], named


def _role_by_values(index: int, text: int | None, heading: str, profile: Profile, merged: dict[int, bool]) -> tuple[str, str]:
    """A column whose heading is blank or unknown: what stands under it decides, if it decides clearly."""
    if not profile.filled:
        return ("extra", "its heading is not known") if heading else ("ignore", "it is empty")
    if heading:
        return "extra", "its heading is not known"
    if profile.refs > 0.7 and (text is None or index < text):
        return "ref", "it holds numbers of actions"
    if profile.timescales > 0.6:
        return "timescale", "it holds dates"
    if profile.rags > 0.8:
        return "rag", "it holds ratings"
    if text is not None and index < text and (merged.get(index) or profile.repeats > 0.3 or profile.words >= 2):
        return "group", "it stands before the actions and has no heading"
    if profile.parties > 0.7:
        return "owners", "it holds roles and bodies"
    return "extra", "it has no heading"


def _only_one(roles: dict[int, tuple[str, str]], role: str, headings: dict[int, str], profiles: dict[int, Profile]) -> None:
    found = [index for index in roles if roles[index][0] == role]
    if len(found) > 1:
        best = max(found, key=lambda index: (profiles[index].refs, -index))
        for index in found:
            if index != best:
                roles[index] = ("extra", f"its heading is “{flat(headings[index])}”")


def _settle_owners(roles: dict[int, tuple[str, str]], headings: dict[int, str], profiles: dict[int, Profile]) -> None:
    """One column of owners: a lead beside partners leaves the partners as a column of their own."""
    found = [index for index in roles if roles[index][0] == "owners"]
    if len(found) > 1:
        def strength(index: int) -> tuple[bool, bool, float, int]:
            words = squashed(headings[index])
            return (bool(profiles[index].filled), bool(re.search(r"owner|lead|responsib|who|account", words)),
                    profiles[index].parties, -index)
        best = max(found, key=strength)
        for index in found:
            if index != best:
                roles[index] = ("support", f"its heading is “{flat(headings[index])}” beside “{flat(headings[best])}”")
    elif not found:
        for index in roles:
            if roles[index][0] == "support":
                roles[index] = ("owners", f"its heading is “{flat(headings[index])}” and there is no other column of owners")
                break
    if any(role == "due" for role, _ in roles.values()) and not any(role == "start" for role, _ in roles.values()):
        for index in roles:
            if roles[index][0] == "due":
                roles[index] = ("timescale", roles[index][1])
    times = [index for index in roles if roles[index][0] == "timescale"]
    starts = [index for index in roles if roles[index][0] == "start"]
    if len(times) == 1 and starts and not any(role == "due" for role, _ in roles.values()) and profiles[starts[0]].filled:
        roles[times[0]] = ("due", f"{roles[times[0]][1]} beside a start")
        times = []
    if len(times) > 1:
        best = max(times, key=lambda index: (profiles[index].timescales, bool(profiles[index].filled), -index))
        for index in times:
            if index != best:
                roles[index] = ("extra", roles[index][1])


def _settle_status(roles: dict[int, tuple[str, str]], profiles: dict[int, Profile]) -> None:
    """A status column with ratings in it is the rating when there is no other; else it tells progress."""
    has_rag = any(role == "rag" for role, _ in roles.values())
    for index in [index for index in roles if roles[index][0] == "status"]:
        if not has_rag and (profiles[index].rags >= 0.6 and profiles[index].colours > 0 or not profiles[index].filled):
            roles[index] = ("rag", f"{roles[index][1]} and it holds ratings" if profiles[index].filled else roles[index][1])
            has_rag = True


_REF = re.compile(r"^(?:[A-Z]{1,4}[ .-]?)?\d{1,3}(?:[.-]\d{1,3}){0,3}[.)]?[a-z]?[.)]?$|^[A-Z]{1,2}\d{0,3}[.)]?$|^\(?[a-z]\)$|^\(?[ivx]{1,5}[).]$|"
                  r"^(?:action|objective|priority|item|no\.?|ref\.?) ?[\dA-Z.]{1,6}$|^\d{1,3}(?:\.\d{1,3}){0,2} ?\([a-z]\)$|^[A-Z]{2,8}[-/ ]?\d{1,4}(?:[./-]\d{1,3})*$", re.I)
_MONTHS = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_TIME = re.compile(rf"\b{_MONTHS}\b[ .,'’-]*(?:\d{{2,4}}|$)|^{_MONTHS}\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}|^on-?going\b|\bongoing$|\bq[1-4]\b|\b20\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?$|"
                   r"\b(?:annual(?:ly)?|quarterly|monthly|weekly|termly|daily|fortnightly|bi-?annual(?:ly)?|six-?monthly|immediate(?:ly)?|asap|tbc|tba|continuous|complete[d]?|in place)\b|"
                   r"^year \d|\b(?:spring|summer|autumn|winter)(?: term)?\b|^(?:by )?end of\b|^within \d|\bterm \d|^(?:short|medium|long)[ -]term|^as (?:and when )?required|\bfinancial year\b", re.I)
_RAG_VALUE = re.compile(r"^(?:red|amber|green|blue|yellow|orange|grey|gray|[ragb]|r/a|a/g|a/r|g/a|amber/green|red/amber|brag|not started|complete[d]?|on track|at risk|off track|in progress)$", re.I)

_COLOUR = re.compile(r"^(?:red|amber|green|blue|yellow|[ragb]|r/a|a/g|a/r|g/a|amber/green|red/amber|on track|at risk|off track)$", re.I)


def looks_like_ref(text: str) -> bool:
    """Whether a text is a printed number or code of an action, and nothing more."""
    return bool(_REF.match(flat(text)))


def looks_like_time(text: str) -> bool:
    """Whether a text reads like a timescale: short, with a month, year, rhythm or the like."""
    words = flat(text)
    return bool(words) and len(words) <= 120 and bool(_TIME.search(words))


def looks_like_rag(text: str) -> bool:
    """Whether a text is a rating and nothing more."""
    return bool(_RAG_VALUE.match(flat(text)))


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands in a column: shares (0 to 1) of the filled cells."""

    filled: int = 0
    words: float = 0.0
    refs: float = 0.0
    timescales: float = 0.0
    rags: float = 0.0
    colours: float = 0.0
    parties: float = 0.0
    repeats: float = 0.0
    gaps: float = 0.0

    @classmethod
    def of(cls, values: list[str], sample: int = 400) -> Profile:
        from .owners import party_like  # here, because owners is the larger module and most calls need no parties

        values = values[:sample]
        filled = [value for value in values if value.strip()]
        if not filled:
            return cls()
        count = len(filled)
        return cls(
            filled=count, words=sum(len(value.split()) for value in filled) / count,
            refs=sum(all(looks_like_ref(line) for line in value.split("\n")) for value in filled) / count,
            timescales=sum(looks_like_time(value) and len(value.split()) <= 14 for value in filled) / count,
            rags=sum(looks_like_rag(value) for value in filled) / count,
            colours=sum(bool(_COLOUR.match(flat(value))) for value in filled) / count,
            parties=sum(len(value.split()) <= 16 and party_like(value) for value in filled) / count,
            repeats=1 - len({flat(value) for value in filled}) / count,
            gaps=1 - count / len(values),
        )
