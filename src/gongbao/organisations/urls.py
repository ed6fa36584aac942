"""Addresses of the desk and of organisations; those of logging in stand in login_urls."""

from django.urls import path

from gongbao.organisations.views import account, clients, desk, logins, people

ORGANISATION = "desk/organisations/<str:code>/"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/me/", account.my_account, name="my_account"),
    path("desk/me/name/", account.name, name="my_name"),
    path("desk/me/email/", account.email, name="my_email"),
    path("desk/me/email/<str:token>/", account.email_confirm, name="my_email_confirm"),
    path("desk/me/sessions/end/", account.session_end, name="session_end"),
    path("desk/me/tokens/new/", account.token_new, name="token_new"),
    path("desk/me/tokens/<int:pk>/revoke/", account.token_revoke, name="token_revoke"),
    path("desk/logins/", logins.logins, name="logins"),
    path("desk/logins/<int:pk>/", logins.login_of, name="login_of"),
    path("desk/logins/lift/", logins.lift, name="lockout_lift"),
    path("join/<str:token>/", desk.join, name="join"),
    path(ORGANISATION, people.organisation, name="organisation"),
    path(f"{ORGANISATION}invite/", people.invite, name="organisation_invite"),
    path(f"{ORGANISATION}invitations/<int:pk>/withdraw/", people.withdraw, name="invitation_withdraw"),
    path(f"{ORGANISATION}people/<int:pk>/end/", people.end, name="membership_end"),
    path(f"{ORGANISATION}people/<int:pk>/deputy/", people.deputise, name="membership_deputy"),
    path("desk/clients/", clients.clients, name="clients"),
    path("desk/clients/new/", clients.issue, name="client_issue"),
    path("desk/clients/<int:pk>/", clients.client, name="client"),
    path("desk/clients/<int:pk>/revoke/", clients.revoke, name="client_revoke"),
]
