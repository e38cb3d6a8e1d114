"""The plan as a workbook to take away; what it held is kept, for the day when it comes back changed."""

import re

from django.db import transaction

from actions.domain.plan_rows import heading_rows_of_plan, rows_of_plan
from actions.domain.rag import key_for
from actions.exports.plan_xlsx import PlanBook, write_plan
from actions.models import PlanExport
from partners.models import User
from partners.policy import allow
from plans.models import Plan
from prevent_tracker.core import clock
from prevent_tracker.core.words import moment_words

LONGEST_NAME = 80


@transaction.atomic
def export_plan(*, plan: Plan, by: User) -> tuple[str, bytes]:
    """Return (file name, workbook) of the whole plan. Raises Refused (not the council's coordinator or auditor)."""
    allow(by, "export", plan)
    rows = rows_of_plan(plan)
    now = clock.now()
    kept = PlanExport.objects.create(plan=plan, rows=[row.to_json() for row in rows], exported_at=now, exported_by=by)
    book = PlanBook(
        title=plan.title,
        period_text=plan.period_text,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        marking=plan.marking,
        levels=plan.level_labels,
        columns=plan.columns,
        reference=kept.public_id,
        exported=moment_words(now),
        headings=heading_rows_of_plan(plan),
        rows=rows,
        key=[(f"{entry.colour} ({entry.label})", entry.wording) for entry in key_for(plan.council.rag_key)],
    )
    return file_name(plan.title), write_plan(book)


def file_name(title: str) -> str:
    """Return a name that every system can keep."""
    words = re.sub(r"[^\w ,()&+-]", " ", title)
    return f"{' '.join(words.split())[:LONGEST_NAME].strip() or 'Plan'}.xlsx"
