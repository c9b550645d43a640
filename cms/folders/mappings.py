"""YAML read with its lines: plain mappings, lists and texts, each value told by what it is to be, not by how it looks.

`no` under `title` is the word “no”. There are no anchors, tags or second documents.
"""

from __future__ import annotations

from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from cms.folders.errors import Place

DEEPEST: Final = 8
Node = yaml.nodes.Node


class _Refused(yaml.MarkedYAMLError):
    """Something that YAML knows and folders do not."""


class _Loader(yaml.SafeLoader):
    """Composes nodes; values are never constructed."""

    depth = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        """As the stock method, without references and without depths that nobody means."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # as its types say
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(None, None, _("no & and * here"), event.start_mark)
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused(None, None, _("too deep"), event.start_mark)
        node: Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def node_of(text: str, place: Place) -> Node | None:
    """The root of a document whose first line is `place`; none where it is empty or broken, which is said."""
    try:
        loader = _Loader(text)
        try:
            found: Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        here = place.at(place.line + (mark.line if mark else 0))
        here.say(_("This cannot be read as YAML: %(problem)s.") % {"problem": error.problem or error.context})
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position if isinstance(error.position, int) else 0)
        place.at(place.line + line).say(_("There is a character here that no text has. Delete it and type it anew."))
        return None
    if found is None:
        place.say(_("Nothing stands here."))
    return found


def line_of(node: Node, place: Place) -> Place:
    """Where a node stands."""
    return place.at(place.line + int(node.start_mark.line))


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def dumped(value: Any) -> str:
    """The one written form of a mapping or list."""
    return str(
        yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000, default_flow_style=False)
    )
