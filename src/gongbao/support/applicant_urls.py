"""Addresses of an applicant's desk."""

from django.urls import path

from gongbao.support.views import applicant, ledger, materials, preparing, sending

OWN = "desk/applicant/<str:uscc>/"
ONE = f"{OWN}<int:pk>/"

urlpatterns = [
    path(OWN, applicant.applications, name="own_support"),
    path(f"{OWN}new/", applicant.new, name="own_support_new"),
    path(f"{OWN}new/<str:code>/", applicant.begin, name="own_support_begin"),
    path(ONE, preparing.show, name="own_application"),
    path(f"{ONE}drop/", preparing.drop, name="own_application_drop"),
    path(f"{ONE}send/", sending.send, name="own_application_send"),
    path(f"{ONE}received/", sending.received, name="own_application_received"),
    path(f"{ONE}project/", preparing.project, name="own_application_project"),
    path(f"{ONE}conditions/", preparing.conditions, name="own_application_conditions"),
    path(f"{ONE}ledger/", ledger.show, name="own_application_ledger"),
    path(f"{ONE}ledger/template.xlsx", ledger.template, name="own_application_template"),
    path(f"{ONE}ledger/upload/", ledger.upload, name="own_application_upload"),
    path(f"{ONE}ledger/take/", ledger.take, name="own_application_take"),
    path(f"{ONE}ledger/invoices/", ledger.invoices, name="own_application_invoices"),
    path(f"{ONE}materials/", materials.checklist_page, name="own_application_materials"),
    path(f"{ONE}materials/change/", materials.change, name="own_application_material"),
    path(f"{ONE}catalogue/", materials.catalogue_page, name="own_application_catalogue"),
    path(f"{ONE}catalogue.pdf", materials.catalogue_pdf, name="own_application_catalogue_pdf"),
]
