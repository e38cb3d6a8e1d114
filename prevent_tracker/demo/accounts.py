"""Who can sign in to the demo, and the file that keeps their password.

One password for every demo account, made for this database and stored hashed as any other. It is written to
`demo-accounts.txt` under VAR_DIR, which is never committed and which only its owner can read, so that the table can be
printed again.
"""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from partners.models import User
from partners.roles import Role
from prevent_tracker.core.models import new_public_id
from prevent_tracker.demo.read import PersonFacts, people

DOMAIN = "demo.example"
PASSWORD_LINE = re.compile(r"^Password for all of them: (\S+)$", re.MULTILINE)


def email_of(name: str) -> str:
    return f"{name}@{DOMAIN}"


def is_loaded() -> bool:
    """Whether this database holds the demo."""
    return User.objects.filter(email=email_of(people()[0].email)).exists()


def new_password() -> str:
    """Return a password that is plainly the demo's, and different in every database."""
    letters = new_public_id()
    return f"demo-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def accounts_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-accounts.txt"


def write_accounts(password: str) -> str:
    """Write the table of accounts to its file, readable by its owner alone, and return it."""
    words = accounts_table(password)
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(words)
    return words


def kept_accounts() -> str | None:
    """Return the table that was kept, if its password is the one in this database; None otherwise."""
    try:
        words = accounts_file().read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    found = PASSWORD_LINE.search(words)
    first = User.objects.get(email=email_of(people()[0].email))
    return words if found and first.check_password(found[1]) else None


def renew_passwords() -> str:
    """Give every demo account a new password and return the table. For a database whose file was lost."""
    password = new_password()
    hashed = make_password(password)
    for user in User.objects.filter(email__in=[email_of(person.email) for person in people()], is_active=True):
        user.password = hashed
        user.save(update_fields=["password"])
    return write_accounts(password)


def accounts_table(password: str) -> str:
    """Return the accounts as a table for a terminal."""
    rows = [("Role", "E-mail address", "What to look at")]
    rows += [(roles_of(person), email_of(person.email), person.look) for person in people()]
    role, email = (max(len(row[column]) for row in rows) for column in (0, 1))
    lines = [f"{row[0]:{role}}  {row[1]:{email}}  {row[2]}".rstrip() for row in rows]
    lines.insert(1, "-" * max(map(len, lines)))
    ending = ["", f"Password for all of them: {password}", ""]
    return "\n".join(["Demo accounts. Nobody in them is real.", "", *lines, *ending])


def roles_of(person: PersonFacts) -> str:
    """Return a person's roles in words, each once."""
    return ", ".join(dict.fromkeys(Role(seat.role).label for seat in person.seats))
