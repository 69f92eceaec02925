"""How weak a password may not be, said in our own words, which are there in every language."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "Use at least {count} character. Several words are easy to remember and hard to guess.",
            "Use at least {count} characters. Several words are easy to remember and hard to guess.",
            self.min_length,
        ).format(count=self.min_length)


class Uncommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Choose another password: this one is on lists of common passwords.")


class UnlikeTheirName(rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Choose a password that is less like your name or address.")
