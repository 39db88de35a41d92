"""A drawn picture for each story: flat shapes, so that nobody takes them for photographs."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

from PIL import Image, ImageDraw

from campaigns.demo.province import Province
from campaigns.demo.texts import stories
from content.media.models import Asset
from content.media.services import keep_picture

SIZE = (1280, 720)
INK, CREAM, GREEN, BLUE, RED, GOLD = "#22303c", "#fbf3dc", "#2f7d5b", "#1f4e8c", "#b6482f", "#e0a82e"
Draw = ImageDraw.ImageDraw
# What each story shows; stories that have none take the last.
SHOWN: dict[str, tuple[str, str]] = {
    "lop-hoc": ("house", "Tranh minh họa: nhà văn hóa thôn sáng đèn buổi tối, bà con ngồi học trước cửa"),
    "dich-vu": ("phone", "Tranh minh họa: một chiếc điện thoại hiện dấu đã xong của hồ sơ trực tuyến"),
    "an-toan": ("lock", "Tranh minh họa: chiếc ổ khóa lớn trước màn hình điện thoại"),
    "doanh-nghiep": ("works", "Tranh minh họa: nhà xưởng mái răng cưa bên dòng sông"),
    "nong-nghiep": ("field", "Tranh minh họa: ruộng bậc thang dưới mặt trời, có cột cảm biến"),
    "nha-truong": ("atom", "Tranh minh họa: mô hình nguyên tử đặt trên bàn thí nghiệm"),
    "nghien-cuu": ("atom", ""),  # the one above
    "y-te": ("cross", "Tranh minh họa: chữ thập y tế và đường nhịp tim"),
    "doi-ngoai": ("globe", "Tranh minh họa: quả địa cầu với những đường nối từ Quảng Ngãi đi các nơi"),
    "van-hoa": ("gong", "Tranh minh họa: ba chiếc chiêng treo dưới mái nhà rông"),
    "": ("paper", "Tranh minh họa: tờ văn bản có các dòng việc đã được đánh dấu"),
}


def add_pictures(province: Province) -> None:
    """A picture for every story, each drawing once, kept through the media library."""
    made: dict[str, Asset] = {}
    for number, story in enumerate(stories()):
        name, alt_text = SHOWN.get(story, SHOWN[""])
        if name not in made:
            made[name] = keep_picture(
                province.session,
                province.files,
                _drawn(name),
                name=f"minh-hoa-{name}.png",
                alt_text=alt_text,
                credit="Tranh vẽ cho dữ liệu minh họa",
                licence="",
                actor=province.people["officer"],
                now=province.begun + timedelta(hours=5, minutes=number),
            )
        province.pictures[story] = made[name]


def _drawn(name: str) -> bytes:
    image = Image.new("RGB", SIZE, CREAM)
    SHAPES[name](ImageDraw.Draw(image))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _house(draw: Draw) -> None:
    draw.rectangle((0, 0, 1280, 720), fill="#14324f")
    draw.rectangle((0, 560, 1280, 720), fill="#26544a")
    draw.polygon([(200, 330), (640, 140), (1080, 330)], fill=RED)
    draw.rectangle((260, 330, 1020, 590), fill="#f7e2b0")
    for left in range(320, 960, 180):
        draw.rectangle((left, 390, left + 110, 490), fill="#fff6d6", outline="#966e3c", width=5)
    for left in range(280, 1000, 80):
        draw.ellipse((left, 545, left + 42, 587), fill=INK)


def _phone(draw: Draw) -> None:
    draw.rounded_rectangle((470, 60, 810, 660), 46, fill=INK)
    draw.rounded_rectangle((494, 110, 786, 610), 20, fill="#ffffff")
    draw.ellipse((545, 200, 735, 390), fill=GREEN)
    draw.line([(590, 300), (628, 340), (695, 255)], fill="#ffffff", width=22, joint="curve")
    for top in (440, 490, 540):
        draw.rounded_rectangle((530, top, 750, top + 22), 11, fill="#d5dde6")


def _lock(draw: Draw) -> None:
    draw.rounded_rectangle((300, 90, 980, 630), 40, fill="#d5dde6")
    draw.arc((520, 170, 760, 430), 180, 360, fill=BLUE, width=44)
    draw.rounded_rectangle((470, 300, 810, 570), 30, fill=BLUE)
    draw.ellipse((605, 390, 675, 460), fill=CREAM)
    draw.rectangle((626, 440, 654, 520), fill=CREAM)


def _works(draw: Draw) -> None:
    draw.rectangle((0, 560, 1280, 720), fill="#7fb2cf")
    for left in range(220, 900, 170):
        draw.polygon([(left, 360), (left, 230), (left + 170, 360)], fill=RED)
    draw.rectangle((220, 360, 900, 560), fill="#8a9aa8")
    for left in range(260, 860, 120):
        draw.rectangle((left, 420, left + 70, 500), fill=GOLD)
    draw.rectangle((960, 150, 1020, 560), fill="#5f6f7c")


def _field(draw: Draw) -> None:
    draw.ellipse((930, 70, 1110, 250), fill=GOLD)
    for step, colour in enumerate(("#9cc76b", "#7db357", "#5f9c49", "#468540", GREEN)):
        draw.ellipse((-300 + step * 70, 300 + step * 80, 1500 - step * 40, 1100), fill=colour)
    draw.rectangle((420, 300, 436, 560), fill=INK)
    draw.rounded_rectangle((380, 250, 476, 320), 12, fill=BLUE)


def _atom(draw: Draw) -> None:
    draw.rectangle((0, 590, 1280, 720), fill="#c99a5b")
    for box in ((340, 240, 940, 460), (520, 70, 760, 630)):
        draw.ellipse(box, outline=BLUE, width=12)
    draw.ellipse((590, 300, 690, 400), fill=RED)
    for left, top in ((330, 330), (920, 330), (625, 55), (625, 610)):
        draw.ellipse((left, top, left + 36, top + 36), fill=GOLD)


def _cross(draw: Draw) -> None:
    draw.rounded_rectangle((540, 110, 740, 610), 24, fill=RED)
    draw.rounded_rectangle((390, 260, 890, 460), 24, fill=RED)
    pulse = [(60, 360), (300, 360), (350, 250), (420, 480), (480, 360), (1220, 360)]
    draw.line(pulse, fill="#ffffff", width=14, joint="curve")


def _globe(draw: Draw) -> None:
    draw.ellipse((390, 110, 890, 610), fill="#7fb2cf", outline=BLUE, width=12)
    draw.ellipse((530, 110, 750, 610), outline=BLUE, width=8)
    draw.line([(390, 360), (890, 360)], fill=BLUE, width=8)
    for end in ((120, 140), (1170, 130), (150, 610), (1160, 600)):
        draw.line([(640, 340), end], fill=RED, width=6)
        draw.ellipse((end[0] - 18, end[1] - 18, end[0] + 18, end[1] + 18), fill=RED)
    draw.ellipse((618, 318, 662, 362), fill=GOLD)


def _gong(draw: Draw) -> None:
    draw.polygon([(160, 200), (640, 20), (1120, 200)], fill="#8a5a33")
    draw.rectangle((220, 200, 1060, 224), fill=INK)
    for left, wide in ((260, 190), (510, 250), (820, 210)):
        draw.line([(left + wide // 2, 224), (left + wide // 2, 300)], fill=INK, width=6)
        draw.ellipse((left, 300, left + wide, 300 + wide), fill=GOLD, outline="#8a5a33", width=12)
        third = wide // 3
        draw.ellipse((left + third, 300 + third, left + wide - third, 300 + wide - third), fill="#8a5a33")


def _paper(draw: Draw) -> None:
    draw.rectangle((380, 50, 900, 670), fill="#ffffff", outline=INK, width=6)
    draw.rectangle((380, 50, 900, 130), fill=RED)
    for row, top in enumerate(range(190, 620, 84)):
        draw.rounded_rectangle((430, top, 474, top + 44), 8, outline=INK, width=5)
        if row < 4:
            draw.line([(438, top + 22), (450, top + 36), (472, top + 4)], fill=GREEN, width=10)
        draw.rounded_rectangle((510, top + 8, 850 - row * 30, top + 34), 12, fill="#d5dde6")


SHAPES: dict[str, Callable[[Draw], None]] = {
    "house": _house,
    "phone": _phone,
    "lock": _lock,
    "works": _works,
    "field": _field,
    "atom": _atom,
    "cross": _cross,
    "globe": _globe,
    "gong": _gong,
    "paper": _paper,
}
