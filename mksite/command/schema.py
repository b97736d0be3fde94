"""`mksite schema`: JSON Schema of the front matter, for editors that complete and check it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from mksite.command import message
from mksite.command.help import command
from mksite.command.language import spoken_language
from mksite.content.meaning import meanings
from mksite.content.model import KIND_SPECS, Struct, Translation

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@command()
@click.option("--lang", type=click.Choice(message.LANGUAGES), help="Language of messages.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a file for each kind into this folder.",
)
@click.argument("kind", required=False, type=click.Choice((*KIND_SPECS, "translation")))
def schema(lang: str | None, output: Path | None, kind: str | None) -> None:
    """Print JSON Schema of the front matter, for VS Code and other editors."""
    spoken = lang or spoken_language([])
    structs: dict[str, type[Struct]] = {name: spec.struct for name, spec in KIND_SPECS.items()}
    structs["translation"] = Translation
    made = {name: of(struct, spoken) for name, struct in structs.items()}
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for name, described in made.items():
            (output / f"{name}.schema.json").write_bytes(_encoded(described) + b"\n")
    else:
        click.echo(_encoded(made[kind] if kind else made).decode())
    sys.exit(0)


def of(struct: type[Struct], lang: str) -> dict[str, Any]:
    """The JSON Schema of a kind, with what its fields mean in all languages, `lang` first."""
    (made,), parts = msgspec.json.schema_components([struct], ref_template="#/$defs/{name}")
    own = parts.pop(struct.__name__)
    for part in (own, *parts.values()):
        _describe(part, lang)
    own["properties"].pop("kind", None)
    own["required"] = [name for name in own.get("required", []) if name != "kind"]
    own.pop("description", None)
    return {"$schema": DIALECT, "title": made["$ref"].rpartition("/")[2], **own, "$defs": parts}


def _describe(part: dict[str, Any], lang: str) -> None:
    """The fields of a struct say what they mean."""
    part.pop("description", None)
    languages = (lang, *(other for other in message.LANGUAGES if other != lang))
    for name, field in part.get("properties", {}).items():
        texts = [meanings(other).get(name, "") for other in languages]
        if texts[0]:
            field["title"] = name
            field["description"] = texts[0]
            field["markdownDescription"] = "\n\n".join(filter(None, texts))
        if field.get("default", 0) in ([], None):
            field.pop("default")


def _encoded(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)
