"""`manage.py read_plan FILE [--year 2023] [--json]`: what the importer understands of a file, without the database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actions.importing.draft import Answers, DraftPlan
from actions.importing.errors import UnreadableFile
from actions.importing.sandbox import read_file_safely
from actions.management.commands.read_timescale import year_argument


class Command(BaseCommand):
    """Print a plan as it is understood, for people or (with --json) for scripts."""

    help = "Print what is understood of a plan in a Word, Excel, CSV or text file. Nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        told = "the year that short dates belong to, when the plan does not say"
        parser.add_argument("--year", type=year_argument, help=told)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as missing:
            raise CommandError(f"{path.name} cannot be opened: {missing.strerror}.") from missing
        try:
            plan = read_file_safely(path.name, data, answers=Answers(year=options["year"]))
        except UnreadableFile as refused:
            raise CommandError(f"{path.name}: {refused.sentence}") from refused
        if options["json"]:
            self.stdout.write(json.dumps(plan.summary(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_text(plan))


def as_text(plan: DraftPlan) -> str:
    """The plan as an indented list, then what needs a person."""
    lines = [plan.title or "(no title)", f"Period: {plan.period_text or 'not stated'}", ""]
    shown: list[str] = []
    if not plan.actions:
        lines.extend(f"{'  ' * (len(group.path) - 1)}{group.label}" for group in plan.groups)
    for action in plan.actions:
        for depth, label in enumerate(action.group):
            if action.group[: depth + 1] != shown[: depth + 1]:
                lines.append("  " * depth + label)
        shown = action.group
        indent = "  " * len(action.group)
        lines.append(f"{indent}{action.ref or '-'}  {action.text}")
        details = [", ".join(action.owners), action.timescale_text or "", action.rag or ""]
        lines.append(
            f"{indent}   [{' | '.join(detail for detail in details if detail) or 'no owner, timescale or rating'}]"
        )
    for stage in plan.approval_route:
        lines.append(f"Approval: {stage.date_text or 'no date'}, {stage.status or ''}, {'; '.join(stage.bodies)}")
    lines.append("")
    lines.append(
        f"{len(plan.actions)} actions, {len(plan.groups)} headings, "
        f"{len({owner for action in plan.actions for owner in action.owners})} owners, {len(plan.doubts)} to look at"
    )
    lines.extend(f"Set aside: {decoy.source.place} ({decoy.kind}): {decoy.why}" for decoy in plan.decoys)
    lines.extend(f"Note: {warning}" for warning in plan.warnings)
    lines.extend(f"Look at {doubt.source.place}: {doubt.what} {doubt.why}" for doubt in plan.doubts)
    return "\n".join(lines)
