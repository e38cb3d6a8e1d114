"""The words officers use in a Timescales column, and what each of them means there.

Data only: the tokeniser and the reader hold the rules. A phrase is written in lower case with single spaces; a hyphen
in a document counts as a space, so "on going" here also finds "on-going".
"""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january janurary ionawr",
            "feb febr february febuary feburary chwefror",
            "mar march mawrth",
            "apr april ebrill",
            "may mai",
            "jun june mehefin",
            "jul july gorffennaf",
            "aug august awst",
            "sep sept september septmber medi",
            "oct october ocotber hydref",
            "nov november novemeber tachwedd",
            "dec december decmber rhagfyr",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH_NAMES = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

# "The date may be moved" names no month.
AFTER_THE_VERB_MAY = frozenset(
    [
        "be",
        "need",
        "have",
        "include",
        "also",
        "require",
        "change",
        "vary",
        "not",
        "extend",
        "continue",
        "take",
        "differ",
        "wish",
        "want",
        "use",
        "well",
    ]
)

WEEKDAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "weds",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
    ]
)

SEASONS = {"autumn": 1, "spring": 2, "summer": 3, "winter": 4}

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
} | {"eighteen": 18}
ORDINAL_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}

# One word for each length of time; the reader compares these.
UNITS = {
    word: unit
    for unit, words in {
        "day": "day days",
        "week": "week weeks wk wks",
        "fortnight": "fortnight fortnights",
        "month": "month months mth mths",
        "quarter": "quarter quarters qtr qtrs",
        "term": "term terms",
        "year": "year years yr yrs annum",
        "meeting": "meeting meetings",
    }.items()
    for word in words.split()
}

FINANCIAL_YEAR_WORDS = ("financial year", "fiscal year", "fin year", "f/y", "fy", "fys", "financial years")
ACADEMIC_YEAR_WORDS = ("academic year", "school year", "a/y", "ay", "academic years", "school years")
CALENDAR_YEAR_WORDS = ("calendar year", "calendar years")

# A number after one of these counts things, and is no part of a date: "Phase 1", "Objective 2".
NUMBERED_THINGS = frozenset(
    [
        "phase",
        "stage",
        "priority",
        "objective",
        "action",
        "item",
        "cohort",
        "tier",
        "strand",
        "part",
        "section",
        "version",
        "no",
        "number",
        "level",
        "benchmark",
        "step",
        "wave",
        "group",
        "recommendation",
        "channel",
        "appendix",
        "theme",
        "outcome",
        "ref",
        "key",
    ]
)

# Rhythms that are one word; "every three months" and "4 times a year" are worked out by the reader.
RHYTHMS = {
    "daily": "daily",
    "weekly": "weekly",
    "fortnightly": "fortnightly",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "qtrly": "quarterly",
    "qrtly": "quarterly",
    "termly": "termly",
    "half termly": "half_termly",
    "half yearly": "twice_a_year",
    "biannual": "twice_a_year",
    "biannually": "twice_a_year",
    "bi annual": "twice_a_year",
    "bi annually": "twice_a_year",
    "twice yearly": "twice_a_year",
    "twice annually": "twice_a_year",
    "once yearly": "annual",
    "annual": "annual",
    "annually": "annual",
    "yearly": "annual",
    "per annum": "annual",
    "p.a": "annual",
    "biennial": "every_two_years",
    "biennially": "every_two_years",
    "bi monthly": "every_two_months|twice_a_month",
    "bimonthly": "every_two_months|twice_a_month",
    "bi weekly": "fortnightly|twice_a_week",
    "biweekly": "fortnightly|twice_a_week",
    "regular": "regular",
    "regularly": "regular",
    "periodic": "periodic",
    "periodically": "periodic",
    "cyclical": "periodic",
    "all meetings": "each_meeting",
    "standing item": "each_meeting",
    "standing agenda item": "each_meeting",
}
RHYTHM_IN_MONTHS = {"monthly": 1, "weekly": 0, "yearly": 12}

# marker -> phrases. The longest phrase that fits is taken.
_PHRASES: dict[str, str] = {
    "ongoing": """
        ongoing | on going | continuous | continuously | continual | continually | continuing | continues |
        continue | constant | constantly | permanent | rolling | rolling programme | rolling program |
        rolling basis | bau | business as usual | all year | all year round | year round | day to day | core
        business | open ended | life of the plan | life of plan | lifetime of the plan | lifetime of
        strategy | life of strategy | life of the
        strategy | lifetime of the strategy | duration of the plan | duration of plan | duration of the
        strategy | duration of strategy | for the duration of the plan | for the duration of the strategy |
        until further notice | throughout the strategy | throughout the period | throughout the programme |
        throughout the project | throughout the plan period | throughout the plan | throughout the life of
        the plan | throughout the year | throughout year | under constant review | parhaus
        """,
    "onwards": "onwards | onward | and beyond | beyond",
    "afterwards": "thereafter | afterwards | after that | after which",
    "from": """
        from | since | with effect from | wef | effective from | starting | starting from | starts | start |
        started | start date | start from | commence | commences | commenced | commencing | commencing from
        | begin | begins | began | beginning | beginning from | to start | to commence | to begin
        """,
    "to": """
        to | until | till | til | through | thru | up to | up until | through to | running to | runs to
        """,
    "openend": "present | to date | to present | to the present | current | to current",
    "between": "between",
    "by": """
        by | by the | no later than | not later than | due | due by | due date | due in | deadline |
        deadline of | target | target date | at the latest | latest | on or before | by or before | in time
        for | completion by | completion date | completion | complete by | completed by | to be completed by
        | finish by | week ending | w/e | next due
        """,
    "review": """
        review | next review | review by | review date | review due | review in | to be reviewed | to be
        reviewed by | for review | for review by | reviewed by
        """,
    "end": """
        end | the end | end of | end of the | the end of | the end of the | by the end of | by the end of
        the | by end | by end of | by end of the | close of | ending | ends | ended | end date | finish |
        finishes | finishing | late | later in | latter part of
        """,
    "early": """
        early | early in | beginning of | beginning of the | start of | start of the | the start of | from
        start of | from the start of | first week of | first week in | first part of
        """,
    "mid": "mid | middle of | the middle of | mid to late | early to mid | halfway through",
    "before": "before | prior to | in advance of | ahead of",
    "after": """
        after | following | post | not before | no earlier than | not earlier than | no sooner than | not
        until | earliest
        """,
    "throughout": """
        throughout | across | all of | whole of | course of | over the course of | for the duration of
        """,
    "and": "and | plus | then | and then | and again | again | followed by | also",
    "or": "or | and or | alternatively",
    "moved": """
        revised | revised to | revised date | extended to | extended until | moved to | delayed to | delayed
        until | rescheduled to | rescheduled for | deferred to | deferred until | postponed to | postponed
        until | slipped to | carried forward to | carried over to | rolled over to | c/f to | brought forward to
        """,
    "changed": """
        originally | original | previously | previous | was | moved | extended | extension |
        slipped | dated | delayed | rescheduled | deferred | changed | postponed | overdue | carried forward
        | carried over | rolled over | c/f | replaced | instead | brought forward | cancelled | withdrawn
        | missed | not met | not
        """,
    "tbc": """
        tbc | tba | tbd | to be confirmed | to be agreed | to be determined | to be decided | to be arranged
        | to be set | to be advised | to be scheduled | to be announced | awaiting | pending | unknown | not
        known | not yet known | not yet agreed | not yet set | date to be confirmed | to follow
        """,
    "hedge": """
        provisional | provisionally | approx | approximately | circa | ca | c | around | about | estimated |
        est | estimate | possibly | probably | potentially | likely | hopefully | subject to | depending |
        dependent | dependant | if possible | where possible | unless | tentative | tentatively | roughly
        """,
    "none": """
        n/a | na | n.a | not applicable | none | nil | blank | not stated | not specified | no timescale |
        no date | no timescales | no deadline | none stated | no end date
        """,
    "now": """
        immediate | immediately | asap | a s a p | as soon as possible | as soon as practicable | urgent |
        urgently | straight away | with immediate effect | immediate effect | at the earliest opportunity |
        now
        """,
    "termish": """
        short term | medium term | long term | longer term | short to medium term | medium to long term |
        short | medium | long | near term | immediate term | quick win
        """,
    "above": """
        as above | see above | same as above | same | ditto | as below | see below | as per above | as
        previous | as previously | see action | as for action | per above
        """,
    "status": """
        complete | completed | done | achieved | closed | finished | delivered | implemented | in place | in
        progress | underway | under way | on track | not started | not yet started | not complete | not
        completed | actioned | established | launched | held | published | signed off | already | work in
        progress | on target | off track | not achieved | partially complete | in train | approved | agreed
        | adopted | reviewed | updated | issued | circulated | attended | provided | shared | recruited |
        appointed | undertaken | took place | submitted | fully implemented
        """,
    "pending": "to be | will be | must be | should be | is to be | are to be | we will have",
    "event": """
        as and when | as and when required | as required | as needed | as necessary | when required | when
        needed | when necessary | where required | where needed | as appropriate | where appropriate | when
        appropriate | if required | if needed | if necessary | on request | upon request | ad hoc | as it
        arises | as they arise | when they arise | once | when | upon | if | on receipt | on approval | on
        publication | on completion | on appointment | on induction | induction | inductions | on demand |
        reactive | responsive | in response to | transition | ramadan | eid | easter | christmas | diwali |
        election | elections | pre election | pre election period | purdah | half term | awareness week |
        awareness day | awareness month | next meeting | next board | at next meeting | in line with |
        dependent upon | new starters | new members | as directed | as identified | whenever | as
        opportunities arise | annual leave
        """,
    "relative": """
        this year | next year | current year | this financial year | next financial year | current financial
        year | this quarter | next quarter | this month | next month | this week | next week | this term |
        next term | this academic year | next academic year | last year | last quarter | today | tomorrow |
        in year | within year | next reporting period | civic year | municipal year | council year | new
        year | future | in the future | in due course | later
        """,
    "week": "w/c | wc | week commencing | week in | week beginning | w/b | week of",
    # Words that say nothing about time by themselves.
    "filler": """
        agm | annual general meeting | annual council | annual council meeting | annual parish meeting | the | of | in | at |
        on | for | a | an | date | dates | during | over | within | timescale | each |
        with | course | calendar | years of | as at | covering
        """,
}


PHRASES: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _marker, _phrases in _PHRASES.items():
    for _phrase in _phrases.split("|"):
        _words = tuple(_phrase.split())
        PHRASES.setdefault(_words[0], []).append((_words, _marker))
for _found in PHRASES.values():
    _found.sort(key=lambda entry: -len(entry[0]))
