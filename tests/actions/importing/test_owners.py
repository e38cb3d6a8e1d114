"""Owner cells as officers write them, and the parties in each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.importing.understanding.owners import known_in_column, split_owners

CELLS = """
Hate Crime Co-ordinator & Rainbow Haven => Hate Crime Co-ordinator | Rainbow Haven
Director of Planning & Site Services => Director of Planning & Site Services
Children, Schools and Families => Children, Schools and Families
Children, Police and Health => Children | Police | Health
Group Manager, Support to Schools => Group Manager, Support to Schools
Service Director, Education Standards and Inclusion => Service Director, Education Standards and Inclusion
Humanities Lead, through history lesson plans => Humanities Lead
SMT in conjunction with Heads of Year and Teaching Staff => SMT | Heads of Year | Teaching Staff
Headteacher / Governing body => Headteacher | Governing body
DoN&Q and ADoN => DoN&Q | ADoN
Police, Probation, Health and Education => Police | Probation | Health | Education
Prevent Coordinator/Police => Prevent Coordinator | Police
Community Safety Team and Police => Community Safety Team | Police
Kent and Medway NHS Trust => Kent and Medway NHS Trust
Head of Community Safety and Housing => Head of Community Safety and Housing
Police and Crime Commissioner => Police and Crime Commissioner
Community Safety and Prevent Coordinator => Community Safety and Prevent Coordinator
JS/MB/KL => JS | MB | KL
Schools and Families Service => Schools and Families Service
Health and Safety Advisor => Health and Safety Advisor
LBX / Met => LBX | Met
Met / LBX Licensing => Met | LBX Licensing
Head of HR and Organisational Development /Policy Officer => Head of HR and Organisational Development | Policy Officer
Chief Exec/ Corporate Leadership Team => Chief Exec | Corporate Leadership Team
Ops Planning Manager/Area Commanders => Ops Planning Manager | Area Commanders
Ministry of Housing, Communities & Local Government => Ministry of Housing, Communities & Local Government
Department for Culture, Media and Sport => Department for Culture, Media and Sport
Department for Transport and British Transport Police => Department for Transport | British Transport Police
Assistant Director Customer, Communities & Inclusion => Assistant Director Customer, Communities & Inclusion
Town Council, Victim Support & Deaf Advice Team => Town Council | Victim Support | Deaf Advice Team
Youth Co-ordinator & volunteers => Youth Co-ordinator | volunteers
Virtual School and Team Manager: Placements => Virtual School | Team Manager: Placements
Strategy and Programmes Director => Strategy and Programmes Director
Prevent Coordinator and Learning and Development Team => Prevent Coordinator | Learning and Development Team
Barking, Havering, & Redbridge University NHS Trust => Barking, Havering, & Redbridge University NHS Trust
Prevent Lead (Police) & Channel Chair => Prevent Lead (Police) | Channel Chair
CTP, NELFT & LA => CTP | NELFT | LA
Lead: Prevent Coordinator; Support: Police => Prevent Coordinator | Police
Police (lead), Probation => Police | Probation
Prevent Coordinator (with Police) => Prevent Coordinator | Police
Adult Social Care and Children's Services => Adult Social Care | Children's Services
Prevent Education Officer supported by DSLs => Prevent Education Officer | DSLs
Housing & Community Safety => Housing | Community Safety
Director of Adults and Health => Director of Adults and Health
Devon and Cornwall Police => Devon and Cornwall Police
West Midlands Fire and Rescue Service and Police => West Midlands Fire and Rescue Service | Police
Vice-Chancellor/Registrar/Head of Security => Vice-Chancellor | Registrar | Head of Security
Schools, colleges and universities => Schools | colleges | universities
Council, Police and NHS => Council | Police | NHS
Head of HR & Customer Services => Head of HR & Customer Services
Director of Student Services and the Students' Union => Director of Student Services | Students' Union
Leader of the Council and Cabinet Member for Communities => Leader of the Council | Cabinet Member for Communities
Street Scene and Police => Street Scene | Police
Chaplaincy Team and Student Wellbeing => Chaplaincy Team | Student Wellbeing
Police / Children’s Social Care / Health => Police | Children’s Social Care | Health
Head of Culture, Leisure and Communities => Head of Culture, Leisure and Communities
Cabinet Member for Housing, Health and Communities => Cabinet Member for Housing, Health and Communities
Head of Safeguarding, Police and Probation => Head of Safeguarding | Police | Probation
Head of Safeguarding, Schools and Colleges => Head of Safeguarding | Schools | Colleges
Chief Superintendent, North Yorkshire Police => Chief Superintendent, North Yorkshire Police
DCI, CT Policing, Prevent Manager => DCI, CT Policing | Prevent Manager
Education Scotland and Social Work Scotland => Education Scotland | Social Work Scotland
Programme and Performance Manager => Programme and Performance Manager
Troubled Families Programme and Police => Troubled Families Programme | Police
Prison & Probation Service => Prison & Probation Service
Local Authority (lead) Police (support) => Local Authority | Police
LBX Licensing/Pubwatch => LBX Licensing | Pubwatch
Road Safety Partnership & Fire and Rescue => Road Safety Partnership | Fire and Rescue
L Reed/Corporate Management Team => L Reed | Corporate Management Team
All teams (led by the Inclusion board) => All teams (led by the Inclusion board)
Principal / Clerk to the Corporation => Principal | Clerk to the Corporation
Highways / Six Town Housing => Highways | Six Town Housing
Healthwatch / Advocacy Service => Healthwatch | Advocacy Service
Deputy Registrar, Head of Security Services => Deputy Registrar | Head of Security Services
Licensing Team Leader and Learning & Development => Licensing Team Leader | Learning & Development
PCC and T/ACC Local Policing => PCC | T/ACC Local Policing
PREVENT and Police => PREVENT and Police
All partners => All partners
Available online but promoted by South Staffordshire Council => South Staffordshire Council
TBC =>
N/A =>
"""


@pytest.mark.parametrize("line", CELLS.strip().splitlines())
def test_parties_of_a_cell(line: str) -> None:
    cell, _, parties = line.partition("=>")
    expected = [party.strip() for party in parties.split("|") if party.strip()]
    assert list(split_owners(cell.strip()).names) == expected


def test_a_party_that_stands_alone_elsewhere_is_known() -> None:
    assert list(split_owners("Sport and Leisure and Youth Offer").names) == ["Sport and Leisure and Youth Offer"]
    known = known_in_column(["Youth Offer", "Sport Offer"])
    assert list(split_owners("Sport Offer and Youth Offer", known).names) == ["Sport Offer", "Youth Offer"]


def test_the_word_that_ends_a_name_on_the_next_line_belongs_to_it() -> None:
    assert list(split_owners("Sheafdale City\nCouncil /South Riding Police").names) == [
        "Sheafdale City Council",
        "South Riding Police",
    ]
    assert list(split_owners("All staff\nDSL\nHeadteacher").names) == ["All staff", "DSL", "Headteacher"]


def test_lines_of_a_role_and_a_place_are_one_party_each() -> None:
    cell = "Performance Manager, Poole\nHead of Safeguarding, Dorset\nDorset Police"
    assert list(split_owners(cell).names) == cell.split("\n")
    assert list(split_owners("Performance Manager, Police\nHead of Service, Probation").names) == [
        "Performance Manager", "Police", "Head of Service", "Probation"
    ]  # fmt: skip


def test_a_pair_of_words_stays_together_where_a_partner_has_the_first() -> None:
    assert list(split_owners("Health and Safety Advisor", ["Health"]).names) == ["Health and Safety Advisor"]
    assert list(split_owners("Health and Police", ["Health"]).names) == ["Health", "Police"]


@given(
    st.lists(
        st.sampled_from(["Prevent Coordinator", "Police", "Channel Panel Chair", "Communications Team", "HMP Oakwood"]),
        min_size=1,
        max_size=5,
        unique=True,
    ),
    st.sampled_from([", ", "; ", "\n", " / ", " & ", " and "]),
)
def test_plain_lists_split_and_lose_nothing(parties: list[str], joint: str) -> None:
    assert list(split_owners(joint.join(parties)).names) == parties


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_no_word_is_made_up(text: str) -> None:
    for party in split_owners(text).names:
        assert (
            set(party.split()) <= set(text.replace("\n", " ").split())
            or party in " ".join(text.split())
            or all(word in text for word in party.split())
        )
