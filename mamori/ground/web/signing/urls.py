"""The addresses of signing in; those below account/ bear allauth's names, by which it finds its own pages."""

from __future__ import annotations

from django.urls import path

from mamori.ground.web.signing import staff, views
from mamori.ground.web.signing.company import views as company

urlpatterns = [
    path("in/", views.ask_code, name="in"),
    path("in/code/", views.by_code, name="in-code"),
    path("in/<str:token>", views.by_link, name="in-link"),
    path("out/", views.out, name="out"),
    path("account/login/", staff.login_page, name="account_login"),
    path("account/passkey/", staff.passkey_login, name="mfa_login_webauthn"),
    path("account/code/", staff.app_code, name="mfa_authenticate"),
    path("account/logout/", staff.logout, name="account_logout"),
    path("account/inactive/", staff.inactive, name="account_inactive"),
    path("account/invited/<str:token>/", staff.invited, name="account_invited"),
    path("account/company/", company.begin, name="company"),
    path("account/company/back/", company.back, name="company-back"),
    path("account/company/prove/", company.prove, name="company-prove"),
    path("account/company/link/", company.link, name="company-link"),
    path("account/company/out/", company.out, name="company-out"),
    path("account/reauthenticate/", staff.prove_again, name="account_reauthenticate"),
    path("account/reauthenticate/code/", staff.app_code_again, name="mfa_reauthenticate"),
    path("account/reauthenticate/passkey/", staff.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("account/factors/", staff.my_factors, name="mfa_index"),
    path("account/factors/passkeys/add/", staff.add_passkey, name="mfa_add_webauthn"),
    path("account/factors/passkeys/<int:pk>/name/", staff.name_passkey, name="mfa_edit_webauthn"),
    path("account/factors/passkeys/<int:pk>/remove/", staff.remove_passkey, name="mfa_remove_webauthn"),
    path("account/factors/app/add/", staff.add_app, name="mfa_activate_totp"),
    path("account/factors/app/remove/", staff.remove_app, name="mfa_deactivate_totp"),
    path("account/factors/recovery/", staff.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/recovery/new/", staff.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/password/set/", staff.set_password, name="account_set_password"),
    path("account/password/change/", staff.change_password, name="account_change_password"),
    path("account/sessions/", staff.my_devices, name="usersessions_list"),
]
