from django.apps import AppConfig


class RatingConfig(AppConfig):
    name = "gongbao.rating"
    label = "rating"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from gongbao.rating.frame import enter

        enter()
