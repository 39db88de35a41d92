"""What can go wrong in a way that a person can act on. One handler turns a Fault into a page, a part or JSON."""

from __future__ import annotations

from typing import ClassVar


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name, known to its tools
    """Mark *sentence* for the catalogues; the one handler translates it when it is shown."""
    return sentence


class Phrase(str):
    """A value of a Fault that is itself a sentence of the catalogues, translated with the other."""

    __slots__ = ()


class Small(Phrase):
    """A phrase that stands in small letters inside the other sentence."""

    __slots__ = ()

    def __format__(self, spec: str, /) -> str:
        return format(self.lower(), spec)


class Fault(Exception):
    """A refusal in words: a Vietnamese sentence with named values, and the HTTP status that goes with it.

    ``Refused(N_("Còn {days} ngày làm việc"), days=3)``: the sentence is the key of the English catalogue, so
    values are filled in after translation.
    """

    status: ClassVar[int] = 500

    def __init__(self, sentence: str, /, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values) if self.values else self.sentence


class Missing(Fault):
    """There is no such thing, or this person may not know that there is."""

    status = 404

    def __init__(
        self, sentence: str = N_("Không có trang này, hoặc bạn không có quyền xem."), /, **values: object
    ) -> None:
        super().__init__(sentence, **values)


class Forbidden(Fault):
    """The person may know of the thing but not do this to it."""

    status = 403

    def __init__(self, sentence: str = N_("Bạn không có quyền làm việc này."), /, **values: object) -> None:
        super().__init__(sentence, **values)


class Refused(Fault):
    """The state of the thing does not allow it now."""

    status = 409


class Stale(Refused):
    """Somebody else changed the thing since this person read it."""

    def __init__(
        self,
        sentence: str = N_("Nội dung vừa được người khác thay đổi. Hãy xem bản hiện tại rồi làm lại."),
        /,
        **values: object,
    ) -> None:
        super().__init__(sentence, **values)


class Invalid(Fault):
    """What was given cannot be taken as it is."""

    status = 422


class Busy(Fault):
    """The database could not do it now; the same thing may well be done in a moment."""

    status = 503

    def __init__(
        self,
        sentence: str = N_("Hệ thống đang bận nên việc này chưa được lưu. Hãy thử lại sau giây lát."),
        /,
        **values: object,
    ) -> None:
        super().__init__(sentence, **values)
