"""What is asked about people."""

from __future__ import annotations

from django import forms

from mamori.grammar.hand import Role
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.wording import said, said_text

ROLES = [(role.value, said_text(role.text)) for role in (Role.AGENT, Role.LEAD, Role.COUNSEL, Role.READER)]


class AddForm(HouseForm):
    """Somebody new."""

    name = forms.CharField(label=said("名前", "Name"), max_length=100)
    email = forms.EmailField(label=said("メールアドレス", "Mail address"), max_length=254)
    role = forms.ChoiceField(
        label=said("役割", "Role"),
        choices=ROLES,
        widget=forms.RadioSelect,
        initial=Role.AGENT.value,
        help_text=said(
            "責任者と法務担当には、ほかの人の承認がいります。",
            "Lead and counsel need somebody else's agreement.",
        ),
    )


class RoleForm(HouseForm):
    """Another role."""

    role = forms.ChoiceField(label=said("役割", "Role"), choices=ROLES, widget=forms.RadioSelect)
    reason = forms.CharField(label=said("理由", "Reason"), max_length=500, required=False)


class ReasonForm(HouseForm):
    """Why."""

    reason = forms.CharField(label=said("理由", "Reason"), max_length=500)
