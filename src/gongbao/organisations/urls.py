"""Addresses of the desk and of organisations; those of logging in stand in login_urls."""

from django.urls import path

from gongbao.organisations.views import clients, desk, people

ORGANISATION = "desk/organisations/<str:code>/"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/me/", desk.my_account, name="my_account"),
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
