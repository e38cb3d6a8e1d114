"""The summary page: a `BoardReport` as a piece of HTML that the site shows inside its own frame.

Stored at issue like the PDF, so that what a board member reads on the screen is what was issued.
"""

import base64
from typing import Any

from django.template.loader import render_to_string

from prevent_tracker.core.words import day_words
from reporting.domain.board_report import BoardReport
from reporting.exports import words
from reporting.exports.charts import trend_chart, trend_sentence


def write_html(report: BoardReport) -> bytes:
    """Return the summary as UTF-8 HTML. Every value is escaped by the template."""
    chart = base64.b64encode(trend_chart(report.trend, report.key).encode()).decode()
    context: dict[str, Any] = {
        "report": report,
        "control_rows": words.control_rows(report),
        "said": [
            ("Recommendation", words.lines_of(report.narrative.recommendation)),
            ("Achievements", words.lines_of(report.narrative.achievements)),
            ("Concerns", words.lines_of(report.narrative.concerns)),
            ("Decisions sought", words.lines_of(report.narrative.decisions_sought)),
        ],
        "chart": f"data:image/svg+xml;base64,{chart}",
        "chart_words": trend_sentence(report.trend, report.key),
        "trend": [(q.short_name, [(k.word, q.counts[k.code]) for k in report.key], q.total) for q in report.trend],
        "exceptions": [
            {
                "action": a,
                "was": report.word(a.previous_rating),
                "word": report.word(a.rating),
                "why": ", ".join(a.reasons),
                "dates": words.date_lines(a),
                "issue": words.issue_words(a),
            }
            for a in report.exceptions
        ],
        "headings": [(s.heading, words.counts_sentence(report, s.line)) for s in report.progress],
        "partners": [(line.label, words.counts_sentence(report, line)) for line in report.by_partner],
        "returns": [
            (r.partner, f"{r.done} of {r.total}", r.state, r.signed_as or words.NOBODY, day_words(r.signed_on))
            for r in report.returns
        ],
        "due_next": [(words.action_words(a), a.owner, words.date_lines(a)) for a in report.due_next],
        "forward_look": words.lines_of(report.narrative.forward_look),
    }
    return render_to_string("reporting/summary.html", context).encode()
