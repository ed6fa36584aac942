"""Settings of the REST interface."""

import os

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["gongbao.organisations.api_auth.ClientAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["gongbao.organisations.api_auth.ScopePermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_PAGINATION_CLASS": "gongbao.web.api.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "gongbao.organisations.api_schema.Schema",
    "DEFAULT_THROTTLE_CLASSES": [
        "gongbao.organisations.api_auth.PublicThrottle",
        "gongbao.organisations.api_auth.ClientThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "public": os.environ.get("GONGBAO_API_RATE_PUBLIC", "120/min"),
        "client": os.environ.get("GONGBAO_API_RATE_CLIENT", "1200/min"),
    },
    "EXCEPTION_HANDLER": "gongbao.web.api.problem_details",
    "NUM_PROXIES": int(os.environ.get("GONGBAO_PROXIES", "0")),  # how many stand before us and may be believed
    "UNAUTHENTICATED_USER": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Gongbao 公报",
    "DESCRIPTION": "Normative documents as data and rules that run. Errors are problem details (RFC 9457).",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": "/"}],
}
