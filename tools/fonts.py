"""Make the fonts of the course again: those of print from their packages, those of the web from those of print.

    python tools/fonts.py            needs npm, fontTools and the Debian package fonts-noto-cjk
    python tools/fonts.py web        only the web's, from src/farreaching/fonts; needs fontTools and brotli

For print, the Latin and Cyrillic faces are copied whole, because the licence reserves the name
"Source" for unchanged fonts. The Noto faces, which reserve no name, are cut down to
the characters a course can need: whole CJK faces weigh 26 MB each. For the web each face is cut by
script, so that a page loads what it shows, and the style sheet that says so is written with them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from itertools import product
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ENGINE = Path(__file__).resolve().parent.parent / "src" / "farreaching"
FONTS = ENGINE / "fonts"
WEB = ENGINE / "theme" / "static" / "farreaching"

#: npm package and version → (name of its licence here, faces to copy)
NPM_PACKAGES = {
    "@expo-google-fonts/source-serif-4@0.4.1": (
        "OFL-SourceSerif4.txt",
        ["400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic"],
    ),
    "@expo-google-fonts/source-sans-3@0.4.1": (
        "OFL-SourceSans3.txt",
        ["400Regular", "400Regular_Italic", "600SemiBold"],
    ),
    "@expo-google-fonts/source-code-pro@0.4.1": ("OFL-SourceCodePro.txt", ["400Regular"]),
    "@expo-google-fonts/noto-naskh-arabic@0.4.5": ("OFL-NotoNaskhArabic.txt", ["400Regular"]),
}
#: from the Debian package fonts-noto-cjk 1:20220127+repack1-1
NOTO = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
NOTO_LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")


def from_encoding(encoding: str, leads: range) -> set[int]:
    """Return the characters a two-byte encoding has under some lead bytes."""
    found = set()
    for lead, trail in product(leads, range(0xA1, 0xFF)):
        found.update(map(ord, bytes([lead, trail]).decode(encoding, "ignore")))
    return found


#: punctuation, full-width forms and geometric signs, which all three have
SIGNS = {*range(0x2190, 0x21E0), *range(0x2460, 0x2474), *range(0x25A0, 0x2600), *range(0x2605, 0x2607)}
SIGNS |= {*range(0x3000, 0x3040), *range(0x3200, 0x3400), *range(0xFE30, 0xFE50), *range(0xFF01, 0xFFEF)}
CJK = {
    # every modern syllable, the letters, and the Chinese characters of KS X 1001
    "KR": {*range(0xAC00, 0xD7A4), *range(0x3131, 0x318F)} | from_encoding("euc_kr", range(0xCA, 0xFE)),
    # GB 2312, levels 1 and 2
    "SC": from_encoding("gb2312", range(0xB0, 0xF8)),
    # kana and JIS X 0208, level 1
    "JP": {*range(0x3041, 0x3100), *range(0x31F0, 0x3200)} | from_encoding("euc_jp", range(0xB0, 0xD0)),
}


def copy_npm_fonts(folder: Path) -> None:
    """Copy the faces and licences of the npm packages."""
    for package, (licence, faces) in NPM_PACKAGES.items():
        packed = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True)
        with tarfile.open(folder / packed.stdout.decode().split()[-1]) as archive:
            for member in archive.getmembers():
                path = Path(member.name)
                if path.name == "LICENSE_FONT":
                    target = FONTS / licence
                elif path.suffix == ".ttf" and path.parent.name in faces:
                    target = FONTS / path.name.replace("_", "-", 1).replace("_", "")
                else:
                    continue
                source = archive.extractfile(member)
                assert source is not None
                target.write_bytes(source.read())


def cut_noto() -> None:
    """Write the CJK faces with only the characters of `CJK`."""
    collection = TTCollection(NOTO, lazy=True)
    families = [font["name"].getDebugName(1) for font in collection.fonts]
    for region, characters in CJK.items():
        number = families.index(f"Noto Serif CJK {region}")
        font = TTFont(NOTO, fontNumber=number, lazy=True, recalcTimestamp=False)
        options = subset.Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True)
        options.drop_tables += ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters | SIGNS)
        subsetter.subset(font)
        font.save(FONTS / f"NotoSerifCJK{region}-Regular.otf")
    shutil.copyfile(NOTO_LICENCE, FONTS / "OFL-NotoSerifCJK.txt")


#: name of a web face → (family, style, weight, the face of print it is cut from)
WEB_FACES = {
    "serif": ("Source Serif 4", "normal", 400, "SourceSerif4-400Regular"),
    "serif-italic": ("Source Serif 4", "italic", 400, "SourceSerif4-400RegularItalic"),
    "sans": ("Source Sans 3", "normal", 400, "SourceSans3-400Regular"),
    "sans-semibold": ("Source Sans 3", "normal", 600, "SourceSans3-600SemiBold"),
}
#: English, the marks of this course, and the letters of names on more than a page or two, Korean and Japanese ones too
LATIN = (
    "0020-007E 00A0 00A9 00AB 00B6-00B7 00BB 00BD 00C9 00D6-00D7 00DC 00DF-00E4 00E6-00EA 00ED 00EF 00F1 00F3-00F4 00F6 00FC "
    "010C-010D 0131 014D 014F 015F 016B 016D 017D-017E 02BB-02BC 2009-200B 2010-2015 2018-201E 2022 2026 2032-2033 20AC "
    "2190-2194 2212 2264-2265 25A0-25A1 25B2-25B3 25BC-25BD 25C6-25C7 25CB 25CF 2713"
)
#: Script → its characters; one that two of them name belongs to the earlier.
WEB_SCRIPTS = {
    "latin": LATIN,
    "vietnamese": "0102-0103 0110-0111 0128-0129 0168-0169 01A0-01A1 01AF-01B0 0300-0301 0303 0309 0323 1EA0-1EF9",
    "cyrillic": "0400-045F 0490-0491",
    "latin-ext": "00A0-017F 01CD-01DC 0218-021B 02BB-02BF 02C6 02DA 02DC 0302-030C 0331 1E00-1E9F "
    "2009-200B 2010-2015 2018-201E 2020-2022 2026 2030 2032-2033 2039-203A 2044 20AC 2116 2122 2190-2194 2212 2215 2248 "
    "2264-2265 25A0-25CF 2610 2713 2717",
}


def characters_of(ranges: str) -> set[int]:
    """Return the characters of some ranges, as in ``0041-005A 00E9``."""
    found: set[int] = set()
    for span in ranges.split():
        first, _, last = span.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut_web() -> None:
    """Write a file for each web face and script, and the style sheet that names them."""
    intro = "/* Source Serif 4 and Source Sans 3 (SIL Open Font License, see fonts/), made by tools/fonts.py. */\n"
    rules = [intro]
    for path in (WEB / "fonts").glob("*.woff2"):
        path.unlink()
    for name, (family, style, weight, face) in WEB_FACES.items():
        left = set(TTFont(FONTS / f"{face}.ttf").getBestCmap())
        for script, ranges in WEB_SCRIPTS.items():
            characters = left & characters_of(ranges)
            left -= characters
            options = subset.Options(hinting=False, desubroutinize=True, flavor="woff2")
            options.layout_features = ["kern", "liga", "ccmp", "mark", "tnum", "lnum"]
            font = TTFont(FONTS / f"{face}.ttf", recalcTimestamp=False)
            subsetter = subset.Subsetter(options)
            subsetter.populate(unicodes=characters)
            subsetter.subset(font)
            subset.save_font(font, WEB / "fonts" / f"{name}-{script}.woff2", options)
            shown = ",".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in spans(characters))
            rules.append(
                f'@font-face {{\n  font-family: "{family}";\n  font-style: {style};\n  font-weight: {weight};\n'
                f'  font-display: swap;\n  src: url("fonts/{name}-{script}.woff2") format("woff2");\n'
                f"  unicode-range: {shown};\n}}\n"
            )
    (WEB / "fonts.css").write_text("\n".join(rules), encoding="ascii")


def spans(characters: set[int]) -> list[tuple[int, int]]:
    """Return the runs of characters without a gap, first and last of each."""
    runs: list[tuple[int, int]] = []
    for character in sorted(characters):
        if runs and runs[-1][1] == character - 1:
            runs[-1] = (runs[-1][0], character)
        else:
            runs.append((character, character))
    return runs


def write_coverage() -> None:
    """Write which characters some face has, as ranges: the PDF builder names a missing one by it."""
    characters = set().union(*(TTFont(path).getBestCmap() for path in FONTS.glob("*.[ot]tf")))
    lines = [f"{first:04X}-{last:04X}\n" for first, last in spans(characters)]
    (FONTS / "coverage.txt").write_text("".join(lines), encoding="ascii")


def main() -> None:
    """Make the folders new."""
    if sys.argv[1:] == ["web"]:
        cut_web()
        return
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        copy_npm_fonts(Path(folder))
    cut_noto()
    write_coverage()
    cut_web()


if __name__ == "__main__":
    main()
