"""Make the fonts that PDF files are set in, from the packages of Debian 12: `python tools/fonts.py [FOLDER]`.

FOLDER is where the fonts of fonts-noto-core (20201225-1) and fonts-noto-cjk (1:20220127+repack1-1) lie;
/usr/share/fonts where none is named. They go to `src/precedent/printing/fonts/`. It needs pyftsubset
of fonttools (4.68) on the path; the product itself needs neither that nor the packages.

Kept is what the six languages need, and what names of people and places in other languages are written with.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "src" / "precedent" / "printing" / "fonts"

LATIN_AND_CYRILLIC = (
    "U+0020-007E,U+00A0-024F,U+0259,U+02BB-02BC,U+02C6-02DD,U+0300-0304,U+0306-030C,U+0323,U+0326-0328,"
    "U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,U+2150-218F,U+2190-2193,"
    "U+2212,U+2215,U+2260,U+2264-2265,U+25A0-25A1,U+25CB,U+25CC,U+25CF,U+FFFD"
)
ARABIC = "U+0020,U+00A0,U+0600-06FF,U+0750-077F,U+200C-200F,U+2010-2011,U+204F,U+25CC,U+FB50-FDFF,U+FE70-FEFF"


def gb2312() -> Iterator[str]:
    """Every character of GB 2312: the two levels of Chinese characters, and the signs before them."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield f"U+{ord(bytes((row, cell)).decode('gb2312')):04X}"
            except UnicodeDecodeError:
                continue


@dataclass(frozen=True)
class Font:
    """A font to be cut: the file it comes from, the characters it keeps. `face` is its place in a collection."""

    name: str
    source: str
    unicodes: str
    features: str = "ccmp,locl,kern,mark,mkmk,calt,liga,rlig,init,medi,fina,isol"
    face: int = 0


CHINESE = ",".join(("U+3000-303F", "U+FF00-FFEF", *gb2312()))

SHIPPED = (
    Font("NotoSans-Regular.ttf", "truetype/noto/NotoSans-Regular.ttf", LATIN_AND_CYRILLIC),
    Font("NotoSans-Bold.ttf", "truetype/noto/NotoSans-Bold.ttf", LATIN_AND_CYRILLIC),
    Font("NotoSansArabic-Regular.ttf", "truetype/noto/NotoSansArabic-Regular.ttf", ARABIC),
    Font("NotoSansArabic-Bold.ttf", "truetype/noto/NotoSansArabic-Bold.ttf", ARABIC),
    Font("NotoSansCJKsc-Regular.otf", "opentype/noto/NotoSansCJK-Regular.ttc", CHINESE, "kern,halt", face=2),
)


def cut(font: Font, folder: Path) -> Path:
    """Write a font with the characters it keeps, all their shapes, and its licence."""
    made = FONTS / font.name
    options = [
        f"--unicodes={font.unicodes}",
        f"--font-number={font.face}",
        f"--output-file={made}",
        f"--layout-features={font.features}",
        "--name-IDs=0,1,2,3,4,5,6,13,14",
        "--no-hinting",
        "--notdef-outline",
        "--no-recalc-timestamp",
    ]
    subprocess.run(["pyftsubset", str(folder / font.source), *options], check=True)
    return made


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts")
    for font in SHIPPED:
        made = cut(font, folder)
        print(f"{made.name}: {made.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
