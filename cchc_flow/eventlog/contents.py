"""Which contents of the vault an event refers to."""

import re

# In canonical JSON the keys are sorted and a quote inside a text is escaped, so these bytes are always an
# object with exactly a digest, a media type and a size.
REFERENCE = re.compile(rb'\{"digest":"([0-9a-f]{64})","media_type":"(?:[^"\\]|\\.)*","size":[0-9]+\}')


def referenced_digests(body: bytes) -> list[str]:
    """Return the digests of all references to the vault in an event's canonical bytes, in their order."""
    if b'"media_type"' not in body:
        return []
    return [digest.decode() for digest in REFERENCE.findall(body)]
