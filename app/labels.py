"""Labels of the ground's enumerations, and the sentences of its audit actions."""

from __future__ import annotations

from app.accounts.permissions import Role
from app.errors import N_
from app.organisations.models import OrganisationKind
from app.words import Word, Words

WORDS: Words = {
    Role: {
        Role.ADMINISTRATOR: Word(N_("Quản trị viên"), icon="settings"),
        Role.COORDINATOR: Word(N_("Điều phối"), icon="route"),
        Role.OFFICER: Word(N_("Cán bộ truyền thông"), icon="pencil"),
        Role.APPROVER: Word(N_("Người duyệt"), icon="checks"),
        Role.MANAGER: Word(N_("Lãnh đạo"), icon="chart-bar"),
        Role.UNIT: Word(N_("Đơn vị"), icon="building"),
        Role.OUTLET: Word(N_("Cơ quan báo chí"), icon="news"),
    },
    OrganisationKind: {
        OrganisationKind.PEOPLES_COMMITTEE: Word(N_("Ủy ban nhân dân")),
        OrganisationKind.DEPARTMENT: Word(N_("Sở")),
        OrganisationKind.AGENCY: Word(N_("Ban, ngành")),
        OrganisationKind.COMMUNE: Word(N_("Xã, phường, đặc khu")),
        OrganisationKind.PARTY: Word(N_("Cơ quan Đảng")),
        OrganisationKind.FRONT: Word(N_("Mặt trận, đoàn thể")),
        OrganisationKind.PRESS: Word(N_("Cơ quan báo chí, truyền thông")),
        OrganisationKind.SCHOOL: Word(N_("Cơ sở giáo dục")),
        OrganisationKind.ENTERPRISE: Word(N_("Doanh nghiệp")),
        OrganisationKind.OTHER: Word(N_("Tổ chức khác")),
    },
}

ACTIONS = {
    "person.first": N_("Lập quản trị viên đầu tiên"),
    "person.invite": N_("Mời người dùng"),
    "person.change": N_("Sửa người dùng"),
    "person.end": N_("Kết thúc người dùng"),
    "person.restore": N_("Cho người dùng hoạt động lại"),
    "person.give_role": N_("Giao vai trò"),
    "person.end_role": N_("Kết thúc vai trò"),
    "person.set_password": N_("Đặt mật khẩu"),
    "person.new_link": N_("Cấp đường dẫn đặt mật khẩu"),
    "sign_in.start": N_("Đăng nhập"),
    "sign_in.end": N_("Kết thúc phiên"),
    "sign_in.end_others": N_("Kết thúc các phiên khác"),
    "organisation.add": N_("Thêm cơ quan"),
    "organisation.change": N_("Sửa cơ quan"),
}
