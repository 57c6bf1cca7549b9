"""Who may sign in: Django's own screens, with the mark of demonstration accounts shown."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin

from profiles.models import User


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Members of the desk. They are deactivated, never deleted: history names them."""

    list_display = ("username", "first_name", "last_name", "is_staff", "is_active", "demonstration")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups", "demonstration")
    readonly_fields = ("demonstration", "last_login", "date_joined")
    fieldsets = (*DjangoUserAdmin.fieldsets, ("Demonstration", {"fields": ("demonstration",)}))

    def has_delete_permission(self, request, obj=None):
        return False
