"""Documents of XML, for tests of formats: parse them, hold them to a schema, and find texts in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs
from lxml import etree


def parsed(text: str) -> etree._Element:
    """Return the root of a document; it loads nothing from elsewhere."""
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


@attrs.frozen
class XmlFormat:
    """A format of XML."""

    schema: Callable[[], etree.XMLSchema | etree.RelaxNG]
    """Returns its schema."""
    namespaces: Mapping[str, str]
    """Prefix in paths → namespace."""

    def check(self, text: str) -> etree._Element:
        """Return the root of a document, which fits the schema."""
        root, schema = parsed(text), self.schema()
        assert schema.validate(root), str(schema.error_log)
        return root

    def texts(self, root: etree._Element, path: str) -> list[str]:
        """Return the texts of elements, or the values of attributes, that a path leads to."""
        found = root.xpath(path, namespaces=dict(self.namespaces))
        return [each if isinstance(each, str) else "".join(each.itertext()) for each in found]
