"""Words of dates in the languages that feeds write them: Vietnamese, English, and what outlets abroad send."""

from __future__ import annotations

MONTHS: dict[str, int] = {}
for _number, _words in enumerate(
    (
        "jan january januar janvier janv jän jänner",
        "feb february februar février févr fév",
        "mar march mär märz mars mrz",
        "apr april avril avr",
        "may mai",
        "jun june juin juni",
        "jul july juil juillet juli",
        "aug august août aoû",
        "sep sept september septembre",
        "oct october okt oktober octobre",
        "nov november novembre",
        "dec december dez dezember décembre déc",
    ),
    start=1,
):
    MONTHS |= dict.fromkeys(_words.split(), _number)
for _number, _words in enumerate(
    (
        "giêng|một",
        "hai",
        "ba",
        "tư|bốn",
        "năm",
        "sáu",
        "bảy|bẩy",
        "tám",
        "chín",
        "mười",
        "mười một",
        "mười hai|chạp",
    ),
    start=1,
):
    MONTHS |= {f"tháng {word}": _number for word in _words.split("|")}

# Monday is 0, as for datetime.weekday().
WEEKDAYS: dict[str, int] = {}
for _number, _words in enumerate(
    (
        "mon monday thứ_hai thứ_2 t2 thu_hai lun lundi mo montag",
        "tue tues tuesday thứ_ba thứ_3 t3 thu_ba mardi di dienstag",
        "wed wednesday thứ_tư thứ_4 t4 thu_tu mer mercredi mi mittwoch",
        "thu thur thurs thursday thứ_năm thứ_5 t5 thu_nam jeu jeudi do donnerstag",
        "fri friday thứ_sáu thứ_6 t6 thu_sau ven vendredi fr freitag",
        "sat saturday thứ_bảy thứ_7 thứ_bẩy t7 thu_bay sam samedi sa samstag",
        "sun sunday chủ_nhật chúa_nhật cn chu_nhat dim dimanche so sonntag",
    )
):
    WEEKDAYS |= {_word.replace("_", " "): _number for _word in _words.split()}

# Hours from UTC. ICT is Vietnam's own.
ZONES = {
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "ict": 7,
    "hanoi": 7,
    "wib": 7,
    "sgt": 8,
    "hkt": 8,
    "myt": 8,
    "pht": 8,
    "jst": 9,
    "kst": 9,
    "aest": 10,
    "aedt": 11,
    "msk": 3,
    "cet": 1,
    "cest": 2,
    "mez": 1,
    "mesz": 2,
    "bst": 1,
    "eet": 2,
    "eest": 3,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "et": -5,
    "pt": -8,
}
