"""Text as it was typed with the fonts of before Unicode; written from the printed tables, not from the reader's."""

_TCVN3 = (
    "àµả¶ã·á¸ạ¹ằ»ẳ¼ẵ½ắ¾ặÆầÇẩÈẫÉấÊậËèÌẻÎẽÏéÐẹÑềÒểÓễÔếÕệÖì×ỉØĩÜíÝịÞòßỏáõâóãọäồåổæỗçốèộéờêởëỡìớíợîùïủñũòúóụôừõửöữ÷ứøựù"
    "ỳúỷûỹüýýỵþă¨â©êªô«ơ¬ư\u00adđ®Ă¡Â¢Ê£Ô¤Ơ¥Ư¦Đ§"
)
_VNI = (
    "à aø ả aû ã aõ á aù ạ aï ă aê ằ aè ẳ aú ẵ aü ắ aé ặ aë â aâ ầ aà ẩ aå ẫ aã ấ aá ậ aä è eø ẻ eû ẽ eõ é eù ẹ eï ê eâ"
    " ề eà ể eå ễ eã ế eá ệ eä ì ì ỉ æ ĩ ó í í ị ò ò oø ỏ oû õ oõ ó où ọ oï ô oâ ồ oà ổ oå ỗ oã ố oá ộ oä ơ ô ờ ôø ở ôû"
    " ỡ ôõ ớ ôù ợ ôï ù uø ủ uû ũ uõ ú uù ụ uï ư ö ừ öø ử öû ữ öõ ứ öù ự öï ỳ yø ỷ yû ỹ yõ ý yù ỵ î đ ñ"
)
_PAIRS = _VNI.split()
PLAIN = str.maketrans({"“": '"', "”": '"', "–": "-", "…": "..."})
TCVN3 = dict(zip(_TCVN3[::2], _TCVN3[1::2], strict=True))
VNI = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
VNI |= {letter.upper(): typed.upper() for letter, typed in VNI.items()}


def in_tcvn3(text: str) -> str:
    """Return text as a TCVN3 font wants it; a capital with a tone is typed as a small letter."""
    return "".join(TCVN3.get(c) or TCVN3.get(c.lower(), c) for c in text.translate(PLAIN))


def in_vni(text: str) -> str:
    """Return text as a VNI font wants it."""
    return "".join(VNI.get(c, c) for c in text.translate(PLAIN))
