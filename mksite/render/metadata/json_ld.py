"""Says what a page is about to machines: JSON-LD by schema.org.

A thing has one address in all languages, that of its page in the default language with `#this`.
Dates hold only what is certain, as reduced ISO 8601 (`2013`, `2013-03`); where not even the year
is, there is none. schema.org's Project has no dates of its own, so the period of a programme stands
in the roles that others have in it. What a programme's funders pay is said of the programme, not
of its events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from mksite.content.model import KIND_SPECS
from mksite.content.role import ROLE_SPECS
from mksite.date import edtf
from mksite.pages.citation.citing import issuers
from mksite.pages.citation.line import clean
from mksite.pages.data.data import DataView
from mksite.render.metadata.dataset import dataset
from mksite.render.metadata.node import (
    ORGANIZATION_TYPES,
    Around,
    Node,
    breadcrumbs,
    correction,
    date_of,
    identified,
    nested,
    other_names,
    picture,
    without_empty,
)
from mksite.view.entity import (
    EntityYearView,
    OrganizationView,
    PersonView,
    PlaceView,
    PositionView,
    ProgrammeView,
    TagView,
)
from mksite.view.overview import (
    EventTypeView,
    EventTypeYearView,
    FundersView,
    HomeView,
    IndexView,
    NotFoundView,
    RedirectView,
    ReleasesView,
    TimelineView,
    WithdrawnView,
    YearView,
)
from mksite.view.release import ProgrammeStrip, ReleaseView, SpeakerView

if TYPE_CHECKING:
    from collections.abc import Callable

    from mksite.render.metadata.node import Label
    from mksite.view.part import Head, Party, SiteView, View

EVENT_TYPES = {"training": "EducationEvent"}
EVENT_ROLES: dict[str, str] = {
    role: spec.event_property for role, spec in ROLE_SPECS.items() if spec.event_property
}
WORK_ROLES: dict[str, str] = {
    role: spec.work_property for role, spec in ROLE_SPECS.items() if spec.work_property
}
PROJECT_ROLES: dict[str, str] = {
    role: spec.project_property for role, spec in ROLE_SPECS.items() if spec.project_property
}
STATUSES = {
    "scheduled": "EventScheduled",
    "held": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}
OF_EVENTS = (EventTypeView, EventTypeYearView)
LISTS = (IndexView, ReleasesView, TimelineView, YearView, EntityYearView, FundersView)
COLLECTIONS = (*LISTS, *OF_EVENTS)

# What would end the element that the JSON stands in, or a line of it for an old reader.
_UNSAFE = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")


def script(view: View, site: SiteView, label: Label) -> Markup:
    """The JSON-LD of a page as text that may stand in a `<script>`; empty for a redirect.

    `label(context, code)` words a code of the interface.
    """
    node = data(view, site, label)
    if not node:
        return Markup("")
    text = msgspec.json.encode(node).decode()
    for sign, escaped in _UNSAFE:  # much faster than str.translate, which looks at every letter
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704  every sign that HTML could read is escaped


def data(view: View, site: SiteView, label: Label) -> Node:
    """The JSON-LD of a page: its subject and the path that leads to it."""
    head: Head | None = getattr(view, "head", None)
    if head is None or isinstance(view, RedirectView | NotFoundView | WithdrawnView):
        return {}
    around = Around(site, label)
    subject = SUBJECTS.get(type(view))
    graph = [subject(view, around) if subject else _page(view, head, around)]
    if head.crumbs:
        graph.append(breadcrumbs(head, around))
    return {"@context": "https://schema.org", "@graph": [without_empty(node) for node in graph]}


# Releases


def _release(view: ReleaseView, around: Around) -> Node:
    address = f"{around.site.url}/{view.head.path}"
    roles = {entry.role: entry.parties for entry in view.roles}
    programmes = [_programme_of(strip, around) for strip in view.programmes]
    about = [*programmes]
    node: Node = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "url": address,
        "headline": clean(view.title),
        "description": clean(view.summary),
        "inLanguage": view.head.lang,
        "datePublished": date_of(view.date),
        "dateModified": max(
            (date_of(c.date) for c in view.corrections if edtf.is_exact_day(edtf.parse(c.date))),
            default="",
        ),
        "author": around.parties(issuers(view)),
        "publisher": _publisher(around),
        "license": around.site.licence_url,
        "isPartOf": {"@type": "WebSite", "@id": f"{around.site.url}/#site"},
        "keywords": [around.node("DefinedTerm", tag) for tag in view.tags],
        "mentions": [
            *around.parties(roles.get("mentioned", ())),
            *(around.node("Place", place) for place in view.mentioned_places),
            *(around.node("Person", person) for person in view.mentioned_people),
        ],
        "image": [picture(photo, around) for photo in view.photos],
        "correction": [correction(mended) for mended in view.corrections],
        "translationOfWork": _original(view, around),
    }
    if view.type or view.start:
        about.insert(0, _event(view, roles, around))
    else:
        node |= _roles(WORK_ROLES, roles, around)
        node["contentLocation"] = _venue(view, around)
    node["about"] = about
    return node


def _original(view: ReleaseView, around: Around) -> Node | None:
    """The release in the language of its original, where this page is another's."""
    if view.original_lang == view.head.lang:
        return None
    for other in view.head.languages:
        if other.lang == view.original_lang and other.href:
            return {"@type": "NewsArticle", "@id": f"{around.address(other.href)}#article"}
    return None


def _event(view: ReleaseView, roles: dict[str, tuple[Party, ...]], around: Around) -> Node:
    status = STATUSES.get(view.status, "")
    node = {
        "@type": EVENT_TYPES.get(view.type, "Event"),
        "@id": around.this(around.site.base + view.head.path),
        "name": clean(view.title),
        "description": clean(view.summary),
        "image": [around.address(photo.plain[-1].href) for photo in view.photos],
        "startDate": date_of(view.start),
        "endDate": date_of(view.end),
        "eventStatus": f"https://schema.org/{status}" if status else "",
        "location": _venue(view, around),
        **_roles(EVENT_ROLES, roles, around),
        "performer": _performers(view, roles, around),
    }
    return without_empty(node)


def _roles(
    properties: dict[str, str], roles: dict[str, tuple[Party, ...]], around: Around
) -> dict[str, list[Node]]:
    """Who has a role, by schema.org's property."""
    return {name: around.parties(roles[role]) for role, name in properties.items() if role in roles}


def _performers(
    view: ReleaseView, roles: dict[str, tuple[Party, ...]], around: Around
) -> list[Node]:
    """Who spoke: the people where they are named, else those whom they spoke for."""
    if not view.speakers:
        return around.parties(roles.get("speaker", ()))
    return [
        without_empty(
            {
                **_speaker(speaker, around),
                "jobTitle": [clean(c.role.text) for c in speaker.capacities if c.role],
                "affiliation": [
                    around.node("Organization", c.organization)
                    for c in speaker.capacities
                    if c.organization
                ],
            }
        )
        for speaker in view.speakers
    ]


def _speaker(speaker: SpeakerView, around: Around) -> Node:
    if speaker.person:
        return around.node("Person", speaker.person)
    return {"@type": "Person", "name": clean(speaker.name.text)}


def _venue(view: ReleaseView, around: Around) -> Node | None:
    """The venue in the places around it. Its address, which Google wants, names those too."""
    venue = nested("Place", "containedInPlace", view.venue, around)
    if venue is not None:
        *outer, innermost = [clean(place.text) for place in view.venue]
        street = clean(view.address.text) if view.address else ""
        around_it = outer[::-1] if outer or street else [innermost]
        venue["address"] = ", ".join(filter(None, (street, *around_it)))
    return venue


def _programme_of(strip: ProgrammeStrip, around: Around) -> Node:
    """The programme of a release with its own funders: they are not the event's."""
    funders = [party for held in strip.parties if held.role == "funder" for party in held.parties]
    node = around.node("Project", strip.programme.link)
    return without_empty({**node, "funder": around.parties(funders)})


# Entities


def _organization(view: OrganizationView, around: Around) -> Node:
    return {
        **_named(ORGANIZATION_TYPES.get(view.type, "Organization"), view, around),
        "parentOrganization": nested("Organization", "parentOrganization", view.parents, around),
        "address": {"@type": "PostalAddress", "addressCountry": view.country}
        if view.country
        else None,
        **identified(view.url, view.identifiers),
    }


def _programme(view: ProgrammeView, around: Around) -> Node:
    parents = [parent.link for parent in view.parents]
    return {
        **_named("Project", view, around),
        "parentOrganization": nested("Project", "parentOrganization", parents, around),
        "areaServed": list(view.countries),
        **identified(view.url, view.identifiers),
        **_periods(view, around),
    }


def _periods(view: ProgrammeView, around: Around) -> dict[str, list[Node]]:
    """Who has which role in a programme: a Role that carries the period."""
    roles: dict[str, list[Node]] = {}
    for entry in view.parties:
        name = PROJECT_ROLES.get(entry.role)
        if name is None:
            continue
        for party in entry.parties:
            role = {
                "@type": "Role",
                "roleName": around.label("role", entry.role),
                name: around.party(party),
                "startDate": date_of(view.start),
                "endDate": date_of(view.end),
            }
            roles.setdefault(name, []).append(without_empty(role))
    return roles


def _place(view: PlaceView, around: Around) -> Node:
    address = {
        "@type": "PostalAddress",
        "streetAddress": clean(view.address.text) if view.address else "",
        "addressCountry": view.country,
    }
    geo = view.coordinates
    return {
        **_named("Place", view, around),
        "containedInPlace": nested("Place", "containedInPlace", view.parents, around),
        "address": without_empty(address) if view.address or view.country else None,
        "geo": {"@type": "GeoCoordinates", "latitude": geo[0], "longitude": geo[1]}
        if geo
        else None,
    }


def _person(view: PersonView, around: Around) -> Node:
    """A person with the positions held: a Role that carries the organization and the time."""
    return {
        **_named("Person", view, around),
        "affiliation": [_affiliation(position, around) for position in view.positions],
        **identified(view.url, view.identifiers),
    }


def _affiliation(position: PositionView, around: Around) -> Node:
    organization = position.organization
    role = {
        "@type": "OrganizationRole",
        "roleName": clean(position.role.text) if position.role else "",
        "affiliation": around.node("Organization", organization) if organization else None,
        "startDate": date_of(position.since),
        "endDate": date_of(position.until),
    }
    return without_empty(role)


def _tag(view: TagView, around: Around) -> Node:
    folder = f"{around.site.home}tags/"
    topics = {
        "@type": "DefinedTermSet",
        "@id": around.this(folder),
        "name": around.label("section", "tags"),
    }
    return {**_named("DefinedTerm", view, around), "termCode": view.id, "inDefinedTermSet": topics}


def _named(
    type_: str,
    view: OrganizationView | ProgrammeView | PlaceView | PersonView | TagView,
    around: Around,
) -> Node:
    """An entity with all its names: those in other languages, short, former, and as written."""
    address = f"{around.site.url}/{view.head.path}"
    former = () if isinstance(view, TagView) else view.former
    return {
        "@type": type_,
        "@id": around.this(around.site.base + view.head.path),
        "name": clean(view.name),
        "alternateName": other_names(view.name, view.names, former, view.aliases),
        "mainEntityOfPage": address,
    }


# The site and its other pages


def _site(_view: HomeView, around: Around) -> Node:
    site = around.site
    return {
        "@type": "WebSite",
        "@id": f"{site.url}/#site",
        "url": around.address(site.home),
        "name": clean(site.title),
        "description": clean(site.description),
        "inLanguage": site.lang,
        "license": site.licence_url,
        "publisher": _publisher(around),
    }


def _publisher(around: Around) -> Node | None:
    publisher = around.site.publisher
    return around.node("Organization", publisher) if publisher else None


def _page(view: View, head: Head, around: Around) -> Node:
    """A list of the archive, or a page of running text."""
    type_ = "CollectionPage" if isinstance(view, COLLECTIONS) else "WebPage"
    title = head.title or (around.label("section", head.section) if head.section else "")
    if isinstance(view, OF_EVENTS):
        title = around.label("event-types", view.type)
    return {
        "@type": type_,
        "url": f"{around.site.url}/{head.path}",
        "name": clean(title or around.site.title),
        "description": clean(head.description),
        "inLanguage": head.lang,
        "isPartOf": {"@type": "WebSite", "@id": f"{around.site.url}/#site"},
        "about": around.node(KIND_SPECS[view.kind].schema_type, view.entity)
        if isinstance(view, EntityYearView)
        else None,
    }


SUBJECTS: dict[type[View], Callable[[Any, Around], Node]] = {
    ReleaseView: _release,
    OrganizationView: _organization,
    ProgrammeView: _programme,
    PlaceView: _place,
    PersonView: _person,
    TagView: _tag,
    HomeView: _site,
    DataView: dataset,
}
