"""How a report's values are put in words: the same on paper, in the workbook and on the page."""

import re

from prevent_tracker.core.words import day_words, moment_words
from reporting.domain.board_report import ActionLine, BoardReport, CountLine, KeyLine, Share

OWN_BULLET = re.compile(r"^\s*(?:[-•*–]+\s*|\(?\d{1,2}[.)]\s+)")
SPACES, BESIDE_A_BREAK = re.compile("[ \\t]+"), re.compile(" ?(?:\\r\\n|\\r|\\n) ?")
NOBODY = "Not signed off"


def control_rows(report: BoardReport) -> list[tuple[str, str]]:
    """Return the control block as label and value, in order; what was not given is left out."""
    control = report.control
    rows = [
        ("Plan", plan_words(report)),
        ("Quarter", control.quarter),
        ("Report to", control.body),
        ("Position as at", day_words(control.position_as_at)),
        ("Purpose", control.purpose),
        ("Date of meeting", day_words(control.meeting_on)),
        ("Author", control.author_role),
        ("Version", control.version),
        ("Issued", moment_words(control.issued_at)),
        ("Replaces", control.supersedes),
        ("Why it was issued anew", control.reissue_reason),
        ("Protective marking", control.marking),
        ("Report number", control.number),
    ]
    return [(label, value) for label, value in rows if value]


def plan_words(report: BoardReport) -> str:
    """Return the plan's title with its period, where the title does not say it."""
    title, period = report.control.plan, report.control.plan_period
    return title if not period or period in title else f"{title}, {period}"


WIDE = ("Plan", "Replaces", "Why it was issued anew")


def control_pairs(report: BoardReport) -> list[list[tuple[str, str]]]:
    """Return the control block two to a row; what may be long has a row to itself."""
    rows: list[list[tuple[str, str]]] = []
    for label, value in control_rows(report):
        half = rows and len(rows[-1]) == 1 and rows[-1][0][0] not in WIDE
        if half and label not in WIDE:
            rows[-1].append((label, value))
        else:
            rows.append([(label, value)])
    return rows


def lines_of(text: str) -> list[str]:
    """Return the lines that a person typed, without blank ones and without bullets and numbers of their own."""
    lines = (OWN_BULLET.sub("", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def tidy(text: str) -> str:
    """Return typed words with one space where there are several, and none beside a line's end."""
    return BESIDE_A_BREAK.sub("\n", SPACES.sub(" ", text)).strip(" ")


def date_lines(action: ActionLine) -> list[str]:
    """Return an action's dates, each with what it is: due, originally due, forecast; or the timescale's words."""
    lines = [f"Due {day_words(action.due_on)}"] if action.due_on else []
    if action.original_due and action.original_due != action.due_on:
        lines.append(f"Originally {day_words(action.original_due)}")
    if action.forecast_due and action.forecast_due != action.due_on:
        lines.append(f"Forecast {day_words(action.forecast_due)}")
    if action.times_redated:
        lines.append("Re-dated once" if action.times_redated == 1 else f"Re-dated {action.times_redated} times")
    return lines or [action.timescale or "No timescale"]


def silence_words(action: ActionLine) -> str:
    """Return that nothing was said this quarter, and when something last was."""
    return f"No update received. The last was in {action.update_from}." if action.update_from else "No update received."


def issue_words(action: ActionLine) -> str:
    """Return what is wrong and what follows from it; where nobody said, that nothing was said this quarter."""
    said = "\n".join(filter(None, [action.issue, action.impact]))
    return said or (silence_words(action) if action.is_not_updated else "")


def quarter_names(report: BoardReport) -> list[str]:
    """Return the quarters of the trend as column headings, oldest first; the last is the quarter reported on."""
    *earlier, now = [quarter.short_name for quarter in report.trend]
    return [*earlier, f"{now} (now)"]


def trend_rows(report: BoardReport) -> list[tuple[KeyLine, list[Share]]]:
    """Return each rating of the key with its share of all actions in every quarter of the trend."""
    return [(line, [Share(q.counts[line.code], q.total) for q in report.trend]) for line in report.key]


def counts_sentence(report: BoardReport, line: CountLine) -> str:
    """Return a heading's counts as a sentence: "10 actions: 6 Green, 3 Amber, 1 Red. 2 overdue."."""
    ratings = [f"{line.counts[k.code]} {k.word}" for k in report.key if line.counts.get(k.code)]
    total = f"{line.total} action" if line.total == 1 else f"{line.total} actions"
    sentences = [f"{total}: {', '.join(ratings)}." if ratings else "No actions."]
    if line.overdue:
        sentences.append(f"{line.overdue} overdue.")
    if line.not_updated:
        sentences.append(f"{line.not_updated} not updated this quarter.")
    return " ".join(sentences)


def action_words(action: ActionLine) -> str:
    """Return the action as one line: its printed number and its words."""
    return f"{action.ref}. {action.text}" if action.ref else action.text


def moved_words(report: BoardReport, action: ActionLine) -> str:
    """Return the action with its rating then and now."""
    return f"{action_words(action)} ({report.word(action.previous_rating)} to {report.word(action.rating)})"
