"""Small promises about text: canonical JSON and its fingerprint, slugs, folding, what may stand in a line."""

import hashlib
import json
import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.utils.text import slugify

INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
"""Control characters and the like, which nobody types on purpose. Direction marks and joiners are kept."""


def canonical(value: Any) -> str:
    """JSON with one spelling for one meaning: keys sorted, no blanks, Unicode as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Fingerprint of a text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def one_line(text: str) -> str:
    """Composed Unicode (NFC), invisible characters gone, runs of blanks as one, ends trimmed."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """Without case and accents, for comparing: `Été` and `ete` are one."""
    # Taking apart may bring capitals to light (ᴬ is an A), so case is folded once more, until nothing changes.
    before = ""
    while word != before:
        before = word
        decomposed = unicodedata.normalize("NFKD", word.casefold())
        word = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return word


def address_slug(title: str) -> str:
    """A title as it stands in an address: at most 60 characters, cut between words, never empty."""
    slug = slugify(title)
    if len(slug) > 60:
        slug = slug[:61].rpartition("-")[0] or slug[:60]
    return slug or "entry"
