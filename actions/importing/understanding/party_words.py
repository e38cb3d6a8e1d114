"""The words by which owners are known: how parties end, sectors that stand for bodies, names with "and" inside."""

from __future__ import annotations

import re

from ..words import words_of

HEADS = words_of(
    """
    coordinator co-ordinator officer team lead manager director head chief executive advisor adviser
    chair leader member commissioner police constabulary council trust service group panel board
    partnership committee forum network unit department directorate office hub agency authority
    university college school academy champion representative rep secretary administrator specialist
    practitioner worker warden analyst consultant principal headteacher teacher governor inspector
    sergeant superintendent constable pcso governors association federation charity foundation
    centre hospital company organisation provider contractor prison society union alliance
    consortium assembly ccg icb icp lscb lsab lscp csp spoc dsl division section branch taskforce
    partner agent councillor cabinet mayor curator librarian nurse doctor gp owner supervisor
    trainer tutor dean registrar provost chaplain vice-chancellor brigade ministry delegate deputy
    assistant programme mash dpo yot yos mp mps fe he designated coordinators ambassador nominee
    liaison steward solicitor policing planner auditor treasurer editor buyer mentor coach
    counsellor psychologist caseworker responder chairperson chairman convenor convener
    portfolio-holder holder bcu command region hq regional-lead facilitator developer engineer
    accountant president commander sub sub-group subgroup clerk body staff technician
    """
)
STRONG = words_of(
    """
    police probation nhs nps yot yos mash all partners partner agencies councils everyone dfe mappa
    cps hmpps hmp hmcts icb ccg csp cic dwp ofsted channel prevent-team crc pcc met staff volunteers
    victim-support crimestoppers samaritans barnardos barnardo's nspcc refuge stonewall mencap
    age-uk citizens-advice women's-aid border-force home-office charity-commission
    """
)
SERVICES = words_of(
    """
    health education housing communities fire leisure safeguarding adults children licensing communications comms youth
    environment planning procurement legal finance hr it ict governance democratic-services community-safety
    children's-services adult-social-care social-care children's-social-care trading-standards public-health early-help
    human-resources community-cohesion emergency-planning youth-justice neighbourhoods further-education
    higher-education early-years environmental-health customer-services youth-offending marketing estates registry
    student-services social-services highways fire-and-rescue training library libraries catering reception admissions cohesion
    """
)
"""Fields of work: they stand for those who do it, or say what somebody is head of."""
SECTORS = SERVICES | words_of(
    """
    schools colleges universities prisons faith-groups faith-communities voluntary-sector third-sector vcs vcse vcfs
    community-groups local-authority local-authorities partners school college charities businesses landlords
    contractors governors parishes nurseries students'-union academies churches mosques gurdwaras temples synagogues
    parents residents districts
    """
)
"""The same and sorts of bodies, which nobody is head of."""
FIELDS = words_of("student community adult customer public corporate family environmental neighbourhood early")
"""Words that begin the name of a service by its field: "Student Wellbeing"."""
_PAIR_LINES = """
    health and safety | fire and rescue | learning and development | training and development |
    health and wellbeing | health and well-being | health & well being | children and families |
    children and young people | children and adults | children and adult | further and higher |
    equality and diversity | equalities and diversity | equality and inclusion | diversity and
    inclusion | crime and disorder | police and crime | voluntary and community | community and
    voluntary | faith and community | community and faith | voluntary and faith | adult and
    community | adults and communities | communities and place | schools and families | strategy and
    programmes | school and college | schools and college | research and intelligence | policy and
    performance | policy and partnerships | performance and improvement | leisure and culture |
    culture and leisure | health and social care | social care and health | information and
    communications | communications and marketing | marketing and communications | communications
    and engagement | inclusion and engagement | engagement and inclusion | communities and
    engagement | skills and employment | employment and skills | safe and sound | safety and
    resilience | community safety and resilience | resilience and emergencies | terms and conditions
    | business and economy | people and communities | people and organisational | organisational and
    workforce | hr and od | human resources and organisational | human resources and od | legal and democratic | democratic
    and legal | legal and governance | parks and open spaces | early years and childcare | education
    and skills | education and inclusion | education and early | education and learning | schools
    and learning | learning and skills | learning and teaching | teaching and learning | standards
    and effectiveness | safeguarding and quality | quality and safeguarding | welfare and
    safeguarding | safeguarding and welfare | asylum and migration | refugees and asylum | migration
    and asylum | security and counter | intelligence and security | counter terrorism and security |
    safeguarding and prevent | housing and communities | housing and homelessness | planning and
    building | environment and community | culture and heritage | public health and wellbeing | drug
    and alcohol | drugs and alcohol | youth and community | youth and play | children and learning |
    children and education | education and children | young and safe | cohesion and integration |
    integration and cohesion | cohesion and equalities | equalities and cohesion | cohesion and
    engagement | community and cohesion | partnerships and engagement | strategy and partnerships |
    strategy and policy | policy and strategy | prison and probation | prevent and cohesion | prevent and channel | channel
    and prevent | contest and prevent | prevent and hate crime
"""
PAIRS = frozenset(
    tuple(re.sub(r"[^a-z -]", "", " ".join(pair.split())).split(" and "))
    for pair in _PAIR_LINES.split("|")
    if " and " in pair
)
"""Words that belong together whatever surrounds them, each as what stands before and after the "and"."""
