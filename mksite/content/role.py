"""The roles of organizations and programmes: which field gives them, and what others call them."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal[
    "organizer",
    "partner",
    "support",
    "funder",
    "implementer",
    "participant",
    "speaker",
    "publisher",
    "mentioned",
]


class RoleSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What the site knows of a role of an organization or programme.

    `release_field` and `programme_field` are the fields of the front matter that give it. A
    `is_inherited` role in a programme reaches the programme's releases. The properties are
    schema.org's: of an Event, of a CreativeWork, of a Project.
    """

    release_field: str = ""
    programme_field: str = ""
    is_inherited: bool = False
    event_property: str = ""
    work_property: str = ""
    project_property: str = ""


# IATI: 1 funding, 4 implementing. In the order in which pages list the roles.
ROLE_SPECS: dict[Role, RoleSpec] = {
    "organizer": RoleSpec(release_field="organizers", event_property="organizer"),
    "partner": RoleSpec(
        release_field="partners",
        programme_field="partners",
        event_property="contributor",
        work_property="contributor",
        project_property="member",
    ),
    "support": RoleSpec(
        release_field="support",
        programme_field="support",
        event_property="sponsor",
        work_property="sponsor",
        project_property="sponsor",
    ),
    "funder": RoleSpec(
        release_field="funders",
        programme_field="funders",
        is_inherited=True,
        event_property="funder",
        work_property="funder",
        project_property="funder",
    ),
    "implementer": RoleSpec(
        programme_field="implementers", is_inherited=True, project_property="member"
    ),
    "participant": RoleSpec(release_field="participants", event_property="attendee"),
    "speaker": RoleSpec(),
    "publisher": RoleSpec(),
    "mentioned": RoleSpec(),
}
ROLES = tuple(ROLE_SPECS)
FIELDS_OF_ROLES = tuple(
    dict.fromkeys(
        field
        for spec in ROLE_SPECS.values()
        for field in (spec.release_field, spec.programme_field)
        if field
    )
)
