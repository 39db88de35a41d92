"""Which form corrects which part of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campaigns.plans.uploads.correcting.groups.forms import GroupPartForm
from campaigns.plans.uploads.correcting.lists.forms import BasesForm, DatesForm, DutyForm, ReportingForm
from campaigns.plans.uploads.correcting.parts.forms import (
    DocumentPartForm,
    FundingForm,
    PartForm,
    RecipientsForm,
)
from campaigns.plans.uploads.parts import Part

PART_FORMS: dict[str, type[PartForm]] = {
    "document": DocumentPartForm,
    "legal-bases": BasesForm,
    "reporting": ReportingForm,
    "key-dates": DatesForm,
    "funding": FundingForm,
    "recipients": RecipientsForm,
    "group": GroupPartForm,
    "duty": DutyForm,
}


def form_of(part: Part, corrections: Mapping[str, Any]) -> PartForm:
    """The form of that part with its values as they stand, or with what was sent."""
    kind = PART_FORMS.get(part.key) or PART_FORMS[part.key.partition("-")[0]]
    return kind.of(part.path, part.as_corrected(corrections), part.values)
