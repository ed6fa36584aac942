"""Addresses of the desk of an enterprise."""

from django.urls import path

from gongbao.rating.views import complaints, declaring, enterprise, objecting

OWN = "desk/enterprise/<str:uscc>/<str:code>/"

urlpatterns = [
    path("desk/enterprise/<str:uscc>/dossier/", enterprise.dossier, name="own_dossier"),
    path(OWN, enterprise.rating, name="own_rating"),
    path(f"{OWN}papers/", enterprise.papers, name="own_papers"),
    path(f"{OWN}certificate/", enterprise.certificate, name="own_certificate"),
    path(f"{OWN}declarations/", declaring.declarations, name="own_declarations"),
    path(f"{OWN}declarations/<int:pk>/", declaring.declaration, name="own_declaration"),
    path(f"{OWN}declarations/<int:pk>/received/", declaring.received, name="own_received"),
    path(f"{OWN}declarations/<int:pk>/mend/", declaring.mend, name="own_mend"),
    path(f"{OWN}declarations/<int:pk>/withdraw/", declaring.withdraw, name="own_withdraw"),
    path(f"{OWN}declare/<str:item>/", declaring.declare, name="own_declare"),
    path(f"{OWN}declare/<str:item>/<str:token>/", declaring.check, name="own_check"),
    path(f"{OWN}complaints/", complaints.own_complaints, name="own_complaints"),
    path(f"{OWN}objections/", objecting.objections, name="own_objections"),
    path(f"{OWN}objections/<int:pk>/received/", objecting.lodged, name="own_lodged"),
    path(f"{OWN}objections/<str:kind>/", objecting.lodge, name="own_lodge"),
    path(f"{OWN}objections/<str:kind>/<str:token>/", objecting.check, name="own_lodge_check"),
]
