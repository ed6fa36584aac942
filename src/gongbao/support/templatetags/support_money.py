"""{{ fen|yuan }}: money on pages of support."""

from django import template

from gongbao.support.views.wording import money

register = template.Library()
register.filter("yuan", money)
