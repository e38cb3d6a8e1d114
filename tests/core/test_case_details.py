"""What the guard takes for somebody's details, and what it lets pass."""

import pytest

from prevent_tracker.core.case_details import case_details, is_nhs_number


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("His number is 943 476 5919.", "an NHS number"),
        ("9434765919 was seen", "an NHS number"),
        ("NI QQ 12 34 56 C", None),  # Q is never a first letter
        ("NI AB 12 34 56 C", "a National Insurance number"),
        ("ab123456c", "a National Insurance number"),
        ("DOB 1/2/2001", "a date of birth"),
        ("D.O.B. known", "a date of birth"),
        ("date of birth withheld", "a date of birth"),
        ("She was born on 3 May", "a date of birth"),
        ("born in May 2001", "a date of birth"),
        ("Alex Example of WV8 1AD", "a postcode beside a name"),
        ("Mr E lives at WV8 1AD", "a postcode beside a name"),
        ("write to somebody@example.org", "an e-mail address"),
        ("ring 07700 900123", "a telephone number"),
        ("ring +44 (0)20 7946 0000", "a telephone number"),
        ("One referral was discussed", "something about a case"),
        ("a Channel case", "something about a case"),
        ("the nominal was", "something about a case"),
        ("Training reached 80% of 120 staff in 2026/27.", None),
        ("The venue at WV8 1AD is ready", None),
        ("The DOBBIN project was born of need", None),
        ("943 476 5918", None),  # the check digit is wrong
        ("Action 36 is due 31 March 2027", None),
        ("", None),
    ],
)
def test_what_is_found(words, what):
    assert {finding.what for finding in case_details(words)} == ({what} if what else set())


def test_a_plans_own_wording_may_say_referral():
    assert not case_details("Understand the referral pathway", vocabulary=False)
    assert case_details("Ring 07700 900123 about referrals", vocabulary=False)


def test_each_thing_is_told_once_with_its_words():
    found = case_details("One referral, then another referral.")
    assert [finding.sentence for finding in found] == ["“referral” looks like something about a case."]


@pytest.mark.parametrize(("digits", "real"), [("9434765919", True), ("9434765910", False), ("0000000000", True)])
def test_check_digit(digits, real):
    assert is_nhs_number(digits) is real
