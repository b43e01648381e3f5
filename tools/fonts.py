"""Make the fonts of the printed course, src/farreaching/fonts, again from their packages.

    python tools/fonts.py            needs npm, fontTools and the Debian package fonts-noto-cjk

The Latin and Cyrillic faces are copied whole, because the licence reserves the name
"Source" for unchanged fonts. The Noto faces, which reserve no name, are cut down to
the characters a course can need: whole CJK faces weigh 26 MB each.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from itertools import product
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parent.parent / "src" / "farreaching" / "fonts"

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


def write_coverage() -> None:
    """Write which characters some face has, as ranges: the PDF builder names a missing one by it."""
    characters = sorted(set().union(*(TTFont(path).getBestCmap() for path in FONTS.glob("*.[ot]tf"))))
    ranges: list[list[int]] = []
    for character in characters:
        if ranges and ranges[-1][1] == character - 1:
            ranges[-1][1] = character
        else:
            ranges.append([character, character])
    lines = [f"{first:04X}-{last:04X}\n" for first, last in ranges]
    (FONTS / "coverage.txt").write_text("".join(lines), encoding="ascii")


def main() -> None:
    """Make the folder new."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        copy_npm_fonts(Path(folder))
    cut_noto()
    write_coverage()


if __name__ == "__main__":
    main()
