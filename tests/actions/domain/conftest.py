"""The town of actions, as it is before anybody has said or done anything."""

from tests.actions.domain.town import Town, make_town
from tests.kept import kept


@kept
def town() -> Town:
    return make_town()
