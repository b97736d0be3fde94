"""The terms of schema.org that the pages use: what each may be said of, and what it may say.

Composed by hand from the definitions of schema.org 30.0, whose terms are under the Creative Commons
Attribution-ShareAlike License 3.0; only the facts that we need are here, and none of its words.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

NAMESPACE = "https://schema.org/"

# A type and the types that it is a kind of; all are a Thing.
TYPES: dict[str, tuple[str, ...]] = {
    "BreadcrumbList": ("ItemList",),
    "CollectionPage": ("WebPage", "CreativeWork"),
    "CorrectionComment": ("Comment", "CreativeWork"),
    "Corporation": ("Organization",),
    "DataDownload": ("MediaObject", "CreativeWork"),
    "Dataset": ("CreativeWork",),
    "DefinedTerm": ("Intangible",),
    "DefinedTermSet": ("CreativeWork",),
    "EducationEvent": ("Event",),
    "EducationalOrganization": ("Organization", "CivicStructure", "Place"),
    "Event": (),
    "GeoCoordinates": ("Intangible",),
    "GovernmentOrganization": ("Organization",),
    "ImageObject": ("MediaObject", "CreativeWork"),
    "ListItem": ("Intangible",),
    "NGO": ("Organization",),
    "NewsArticle": ("Article", "CreativeWork"),
    "Organization": (),
    "Person": (),
    "Place": (),
    "PostalAddress": ("ContactPoint", "Intangible"),
    "Project": ("Organization",),
    "PropertyValue": ("Intangible",),
    "QuantitativeValue": ("StructuredValue", "Intangible"),
    "Role": ("Intangible",),
    "OrganizationRole": ("Role", "Intangible"),
    "WebPage": ("CreativeWork",),
    "WebSite": ("CreativeWork",),
}
ENUMERATIONS = {
    "EventScheduled": "EventStatusType",
    "EventPostponed": "EventStatusType",
    "EventCancelled": "EventStatusType",
}
PARTY = ("Organization", "Person")
DATES = ("Date", "DateTime")
# A property: what it may be said of, and what it may say.
PROPERTIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "about": (("CreativeWork", "Event", "DefinedTerm", "DefinedTermSet"), ("Thing",)),
    "address": (("Organization", "Person", "Place"), ("PostalAddress", "Text")),
    "addressCountry": (("PostalAddress", "GeoCoordinates"), ("Country", "Text")),
    "affiliation": (("Person",), ("Organization",)),
    "alternateName": (("Thing",), ("Text",)),
    "areaServed": (("Organization",), ("AdministrativeArea", "Place", "Text")),
    "attendee": (("Event",), PARTY),
    "author": (("CreativeWork",), PARTY),
    "caption": (("MediaObject",), ("MediaObject", "Text")),
    "containedInPlace": (("Place",), ("Place",)),
    "contentLocation": (("CreativeWork",), ("Place",)),
    "contentUrl": (("MediaObject",), ("URL",)),
    "contributor": (("CreativeWork", "Event"), PARTY),
    "correction": (("CreativeWork",), ("CorrectionComment", "Text", "URL")),
    "creator": (("CreativeWork",), PARTY),
    "creditText": (("CreativeWork",), ("Text",)),
    "dateModified": (("CreativeWork",), DATES),
    "datePublished": (("CreativeWork",), DATES),
    "description": (("Thing",), ("Text",)),
    "distribution": (("Dataset",), ("DataDownload",)),
    "encodingFormat": (("CreativeWork", "MediaObject"), ("Text", "URL")),
    "endDate": (("Event", "Role"), DATES),
    "eventStatus": (("Event",), ("EventStatusType",)),
    "funder": (("CreativeWork", "Event", "Organization", "Person"), PARTY),
    "geo": (("Place",), ("GeoCoordinates",)),
    "height": (("MediaObject", "VisualArtwork"), ("Distance", "QuantitativeValue")),
    "headline": (("CreativeWork",), ("Text",)),
    "identifier": (("Thing",), ("PropertyValue", "Text", "URL")),
    "image": (("Thing",), ("ImageObject", "URL")),
    "inDefinedTermSet": (("DefinedTerm",), ("DefinedTermSet", "URL")),
    "inLanguage": (("CreativeWork", "Event"), ("Language", "Text")),
    "isAccessibleForFree": (("CreativeWork", "Event", "Place"), ("Boolean",)),
    "isPartOf": (("CreativeWork",), ("CreativeWork", "URL")),
    "item": (("ListItem",), ("Thing",)),
    "itemListElement": (("ItemList",), ("ListItem", "Text", "Thing")),
    "jobTitle": (("Person",), ("DefinedTerm", "Text")),
    "keywords": (("CreativeWork", "Event", "Organization", "Place"), ("DefinedTerm", "Text")),
    "latitude": (("GeoCoordinates", "Place"), ("Number", "Text")),
    "license": (("CreativeWork",), ("CreativeWork", "URL")),
    "location": (("Event", "Organization"), ("Place", "PostalAddress", "Text")),
    "longitude": (("GeoCoordinates", "Place"), ("Number", "Text")),
    "mainEntityOfPage": (("Thing",), ("CreativeWork", "URL")),
    "member": (("Organization",), PARTY),
    "mentions": (("CreativeWork",), ("Thing",)),
    "name": (("Thing",), ("Text",)),
    "organizer": (("Event",), PARTY),
    "parentOrganization": (("Organization",), ("Organization",)),
    "performer": (("Event",), PARTY),
    "position": (("CreativeWork", "ListItem"), ("Integer", "Text")),
    "propertyID": (("PropertyValue",), ("Text", "URL")),
    "publisher": (("CreativeWork",), PARTY),
    "roleName": (("Role",), ("Text", "URL")),
    "sameAs": (("Thing",), ("URL",)),
    "sponsor": (("CreativeWork", "Event", "Organization", "Person"), PARTY),
    "startDate": (("Event", "Role"), DATES),
    "streetAddress": (("PostalAddress",), ("Text",)),
    "termCode": (("DefinedTerm",), ("Text",)),
    "translationOfWork": (("CreativeWork",), ("CreativeWork",)),
    "url": (("Thing",), ("URL",)),
    "text": (("CreativeWork",), ("Text",)),
    "value": (("PropertyValue", "QuantitativeValue"), ("Text", "Number")),
    "unitCode": (("PropertyValue", "QuantitativeValue"), ("Text", "URL")),
    "width": (("MediaObject", "VisualArtwork"), ("Distance", "QuantitativeValue")),
}
_LINKS = [
    name for name, (_, values) in PROPERTIES.items() if "URL" in values and "Text" not in values
]
# A stand-in for the context that schema.org serves, so that a test needs no network.
CONTEXT = {
    "@vocab": NAMESPACE,
    **{name: {"@type": "@id"} for name in (*_LINKS, "eventStatus")},
}

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}.*)?)?)?")


def graph_of(data: Mapping[str, object]) -> Graph:
    """The triples of JSON-LD whose context is schema.org's."""
    assert data["@context"] == NAMESPACE.rstrip("/")
    return Graph().parse(data=json.dumps({**data, "@context": CONTEXT}), format="json-ld")


def mistakes(graph: Graph) -> list[str]:
    """What the graph says that schema.org does not allow.

    An unknown type or property, a property on a thing that has none such, a value of another type.
    """
    return sorted(set(_mistakes(graph)))


def _mistakes(graph: Graph) -> Iterator[str]:
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            if _name(value) not in TYPES:
                yield f"no type {value}"
            continue
        name = _name(predicate)
        if name not in PROPERTIES:
            yield f"no property {predicate}"
            continue
        domains, ranges = PROPERTIES[name]
        kinds = _kinds(graph, subject)
        # A Role stands between a thing and its value, and repeats the property (schema.org/Role).
        if not kinds & {*domains, "Role"}:
            yield f"{name} on {sorted(kinds)}"
        found = _value_kinds(graph, value, ranges)
        if not found & {*ranges, "Role"}:
            yield f"{name} says {value!r}, which is {sorted(found)}"


def _kinds(graph: Graph, node: Node) -> set[str]:
    names = {_name(kind) for kind in graph.objects(node, RDF.type)}
    return {"Thing", *names, *(parent for name in names for parent in TYPES.get(name, ()))}


def _value_kinds(graph: Graph, value: Node, ranges: tuple[str, ...]) -> set[str]:
    if isinstance(value, Literal):
        python = value.toPython()
        if isinstance(python, bool):
            return {"Boolean"}
        if isinstance(python, int | float):
            return {"Number", *(("Integer",) if isinstance(python, int) else ())}
        return set(DATES) if "Date" in ranges and _DATE.fullmatch(str(value)) else {"Text"}
    if isinstance(value, URIRef) and _name(value) in ENUMERATIONS:
        return {ENUMERATIONS[_name(value)]}
    if isinstance(value, URIRef) and (value, RDF.type, None) not in graph:
        return {"Thing", "URL"}
    return _kinds(graph, value)


def _name(node: Node) -> str:
    return str(node).removeprefix(NAMESPACE)
