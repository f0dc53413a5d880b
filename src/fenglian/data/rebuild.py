"""Derive the reading tables from the dictionaries they come from; for maintainers.

``python -m fenglian.data.rebuild --jieba DICT_TXT --opencc DICTIONARY_FOLDER`` reads jieba's
``dict.txt``, OpenCC's text dictionaries and the installed pypinyin, and writes
``data/reading/``. The versions that the shipped tables come from are in ``data/README.md``.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
HAN = range(0x4E00, 0xA000)

# Where the known clone sites write something else than OpenCC's first choice in its commoner
# variant. 后, 系, 占 … were read off damaged pages; the others are forms of mainland typesetting.
SITE_FORMS = dict(
    pair.split(":")
    for pair in [
        "制:制",
        "系:系",
        "后:后",
        "里:里",
        "于:于",
        "余:余",
        "并:并",
        "志:志",
        "群:群",
        "峰:峰",
        "霉:霉",
        "占:占",
        "台:臺",
        "准:準",
        "着:著",
        "签:簽",
        "秘:秘",
        "艳:艷",
        "钟:鐘",
        "采:采",
        "伙:伙",
        "厘:厘",
        "咸:咸",
        "郁:郁",
        "岩:岩",
        "闲:閑",
        "鉴:鑒",
        "哗:嘩",
        "雇:雇",
        "咨:咨",
        "棱:棱",
        "凄:凄",
        "炼:煉",
        "咽:咽",
        "游:游",
    ]
)


def in_gbk(text: str) -> bool:
    """Whether GBK, the charset of the damage, has every character of the text."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def opencc_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield key and choices of one of OpenCC's text dictionaries."""
    for line in path.read_text(encoding="utf-8").splitlines():
        key, tab, choices = line.partition("\t")
        if tab and not line.startswith("#"):
            yield key, choices.split(" ")


def grouped(pairs: Iterable[tuple[str, str]]) -> str:
    """Return ``value<tab>characters`` lines: all the characters that share a value, together."""
    groups: dict[str, list[str]] = defaultdict(list)
    for character, value in pairs:
        groups[value].append(character)
    return "".join(f"{value}\t{''.join(sorted(groups[value]))}\n" for value in sorted(groups))


def readings() -> str:
    """Return pypinyin's readings of the GBK range, a character a line: ``长zhǎng,cháng``."""
    table: dict[int, str] = import_module("pypinyin.pinyin_dict").pinyin_dict
    lines = []
    for code, row in sorted(table.items()):
        known = [reading for reading in row.split(",") if in_gbk(reading)]
        if known and in_gbk(chr(code)):
            lines.append(f"{chr(code)}{','.join(known)}\n")
    return "".join(lines)


def simplified(folder: Path) -> str:
    """Return traditional → simplified characters as ``simplified<tab>traditional ones``."""
    rows = opencc_rows(folder / "TSCharacters.txt")
    # Forms beyond U+FFFF are missing from most fonts; such characters stay traditional.
    return grouped((key, form) for key, (form, *_) in rows if form != key and form < "\U00010000")


def simplified_words(folder: Path) -> str:
    """Return the words whose simplified form has the same length, one a line."""
    rows = opencc_rows(folder / "TSPhrases.txt")
    kept = sorted((k, choices[0]) for k, choices in rows if len(k) == len(choices[0]))
    return "".join(f"{key}\t{word}\n" for key, word in kept)


def traditional(folder: Path) -> str:
    """Return simplified → traditional characters as the clone sites write them."""
    common = {key: choices[0] for key, choices in opencc_rows(folder / "TWVariants.txt")}
    rows = opencc_rows(folder / "STCharacters.txt")
    forms = {key: common.get(choices[0], choices[0]) for key, choices in rows}
    back = {key: choices[0] for key, choices in opencc_rows(folder / "TSCharacters.txt")}
    # 昵 for 暱, 钜 for 鉅: where the way back leads elsewhere, the two are one character's forms.
    forms = {key: form for key, form in forms.items() if back.get(form) == key} | SITE_FORMS
    return grouped((key, form) for key, form in forms.items() if key != form and in_gbk(key + form))


def words(dictionary: Path) -> str:
    """Return the word list, a line for each first character, in the order of the characters.

    After its first character a line holds what follows in each word that begins with it, and how
    often the word occurs: ``山 5323 西 2971 西省 527``.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ")
        if all(ord(character) in HAN for character in word):
            groups[word[0]].append(f"{word[1:]} {count}")
    return "".join(f"{first}{' '.join(sorted(rest))}\n" for first, rest in sorted(groups.items()))


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jieba", type=Path, required=True, help="jieba's dict.txt")
    parser.add_argument("--opencc", type=Path, required=True, help="OpenCC's data/dictionary")
    given = parser.parse_args()
    tables = {
        "readings.txt": readings(),
        "simplified.txt": simplified(given.opencc),
        "simplified_words.txt": simplified_words(given.opencc),
        "traditional.txt": traditional(given.opencc),
        "words.txt": words(given.jieba),
    }
    for name, text in tables.items():
        (HERE / "reading" / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
