"""Pictures: decoded, turned upright, and written anew from their pixels alone.

So nothing of what stood beside the pixels is kept: place and time, camera, thumbnails of before it was cut,
comments, colour profiles, further frames, and whatever was hung on at the end.
"""

from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from precedent.catalogue.attachments.verdicts import MOST_PIXELS, PIXELS, Refused, Verdict

# We count ourselves, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None

QUALITY = 90
"""Of a WebP; a JPEG is written about as finely as it was, between the two below."""
COARSEST, FINEST = 60, 95
LUMINANCE = 3685
"""Sum of the steps by which the JPEG standard's own table rounds brightness, at quality 50."""
PHOTOGRAPHS = ("JPEG", "MPO")
"""MPO: what some telephones write, several JPEG pictures in one file."""
PLAIN = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})
"""Pixels that PNG can hold as they are."""


def cleaned_jpeg(data: bytes) -> bytes:
    image = _upright(_decoded(data, "JPEG"))
    quality = _quality(image)
    return _written(image if image.mode in ("L", "RGB") else image.convert("RGB"), "JPEG", quality=quality)


def cleaned_png(data: bytes) -> bytes:
    return _written(_for_png(_upright(_decoded(data, "PNG"))), "PNG")


def cleaned_webp(data: bytes) -> bytes:
    image = _upright(_decoded(data, "WEBP", most=PIXELS["webp"]))
    return _written(image, "WEBP", lossless=b"VP8L" in data[:64], quality=QUALITY)


def embedded(data: bytes) -> tuple[bytes, str]:
    """A picture that lies in a document, and its format: JPEG stays, every other becomes PNG.

    It is not turned: documents place their pictures themselves.
    """
    image = _decoded(data, "JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
    if image.format in PHOTOGRAPHS:
        return _written(image, "JPEG", quality=_quality(image)), "jpeg"
    return _written(_for_png(image), "PNG"), "png"


def _decoded(data: bytes, *formats: str, most: int = MOST_PIXELS) -> Image.Image:
    """The first frame, unpacked. Raises Refused where it has too many pixels, and what Pillow raises."""
    image: Image.Image = Image.open(BytesIO(data), formats=formats)
    if image.width * image.height > most:
        raise Refused(Verdict.TOO_MANY_PIXELS)
    image.load()
    return image


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held. What is said of that may be damaged: then the picture is taken as it lies."""
    with suppress(Exception):
        # In place, so that it still knows how finely it was written; and half the memory.
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _quality(image: Image.Image) -> int:
    """How finely a JPEG was written. Its own table is not taken over: it is text of the file, like any other."""
    tables: dict[int, list[int]] = getattr(image, "quantization", {})
    steps = sum(tables.get(0, ())) * 100 / LUMINANCE
    quality = (200 - steps) / 2 if steps <= 100 else 5000 / steps
    return round(min(max(quality, COARSEST), FINEST))


def _for_png(image: Image.Image) -> Image.Image:
    return image if image.mode in PLAIN else image.convert("RGBA" if "A" in image.mode else "RGB")


def _written(image: Image.Image, form: str, **how: Any) -> bytes:
    """Only what is part of the pixels goes along: which colour is see-through."""
    seen_through = image.info.get("transparency")
    image.info.clear()
    if seen_through is not None:
        image.info["transparency"] = seen_through
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()
